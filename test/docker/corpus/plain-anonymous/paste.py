import os
from http.server import BaseHTTPRequestHandler, HTTPServer

STORE = '/var/lib/paste'

class Paste(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain')
        self.end_headers()
        for name in sorted(os.listdir(STORE)):
            with open(os.path.join(STORE, name), 'rb') as f:
                self.wfile.write(f.read() + b'\n')

    def do_POST(self):
        name = str(len(os.listdir(STORE)))
        with open(os.path.join(STORE, name), 'wb') as f:
            f.write(self.rfile.read(int(self.headers['Content-Length'])))
        self.send_response(201)
        self.end_headers()

HTTPServer(('', 8000), Paste).serve_forever()
