import os
from http.server import BaseHTTPRequestHandler, HTTPServer

os.makedirs('pastes', exist_ok=True)


class Paste(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain')
        self.end_headers()
        for name in sorted(os.listdir('pastes')):
            self.wfile.write(open('pastes/' + name, 'rb').read() + b'\n')

    def do_POST(self):
        with open('pastes/%d' % len(os.listdir('pastes')), 'wb') as f:
            f.write(self.rfile.read(int(self.headers['Content-Length'])))
        self.send_response(201)
        self.end_headers()


HTTPServer(('', 8000), Paste).serve_forever()
