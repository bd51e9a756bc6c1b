from http.server import BaseHTTPRequestHandler, HTTPServer

UPSTREAM = open('/etc/proxy/proxy.conf').read()


class Proxy(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain')
        self.end_headers()
        self.wfile.write(UPSTREAM.encode())


HTTPServer(('', 8000), Proxy).serve_forever()
