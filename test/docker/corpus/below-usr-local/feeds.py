import os
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

with open('/var/cache/feeds/index', 'w') as f:
    f.write(str(time.time()))


class Feeds(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain')
        self.end_headers()
        for name in sorted(os.listdir('var')):
            self.wfile.write(open('var/' + name, 'rb').read() + b'\n')

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        with open('var/feed%d' % len(os.listdir('var')), 'wb') as f:
            f.write(body)
        self.send_response(201)
        self.end_headers()


HTTPServer(('', 8000), Feeds).serve_forever()
