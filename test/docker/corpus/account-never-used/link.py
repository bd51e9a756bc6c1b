from http.server import BaseHTTPRequestHandler, HTTPServer


class Links(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain')
        self.end_headers()
        try:
            with open('links.txt', 'rb') as f:
                self.wfile.write(f.read())
        except FileNotFoundError:
            self.wfile.write(b'no links')

    def do_POST(self):
        with open('links.txt', 'ab') as f:
            f.write(self.rfile.read(int(self.headers['Content-Length'])) + b'\n')
        self.send_response(201)
        self.end_headers()


HTTPServer(('', 8000), Links).serve_forever()
