import os
from http.server import BaseHTTPRequestHandler, HTTPServer


class Reader(BaseHTTPRequestHandler):
    def do_GET(self):
        name = '/exchange/asked' if self.path == '/asked' else '/exchange/rate.xml'
        self.send_response(200)
        self.send_header('Content-Type', 'text/xml')
        self.end_headers()
        if os.path.exists(name):
            self.wfile.write(open(name, 'rb').read())

    def do_POST(self):
        with open('/exchange/asked', 'ab') as f:
            f.write(self.rfile.read(int(self.headers['Content-Length'])) + b'\n')
        self.send_response(201)
        self.end_headers()


HTTPServer(('', 8000), Reader).serve_forever()
