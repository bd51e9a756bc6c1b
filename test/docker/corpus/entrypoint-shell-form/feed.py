import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)

class Feed(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'application/rss+xml')
        self.end_headers()
        for name in sorted(os.listdir(folder)):
            self.wfile.write(open(os.path.join(folder, name), 'rb').read())

    def do_POST(self):
        with open(os.path.join(folder, 'item%d' % len(os.listdir(folder))), 'wb') as f:
            f.write(b'<item>' + self.rfile.read(int(self.headers['Content-Length'])) + b'</item>')
        self.send_response(201)
        self.end_headers()

HTTPServer(('', 8000), Feed).serve_forever()
