from http.server import BaseHTTPRequestHandler, HTTPServer

class Tally(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain')
        self.end_headers()
        try:
            self.wfile.write(open('/data/tally', 'rb').read())
        except FileNotFoundError:
            pass

    def do_POST(self):
        with open('/data/tally', 'ab') as f:
            f.write(self.rfile.read(int(self.headers['Content-Length'])) + b'\n')
        self.send_response(200)
        self.end_headers()

HTTPServer(('', 8000), Tally).serve_forever()
