import os
from http.server import BaseHTTPRequestHandler, HTTPServer

BOX = '/mailbox'
os.makedirs(BOX, exist_ok=True)


class Mailbox(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain')
        self.end_headers()
        for name in sorted(os.listdir(BOX)):
            self.wfile.write(open(os.path.join(BOX, name), 'rb').read() + b'\n')

    def do_POST(self):
        with open(os.path.join(BOX, str(len(os.listdir(BOX)))), 'wb') as f:
            f.write(self.rfile.read(int(self.headers['Content-Length'])))
        self.send_response(202)
        self.end_headers()


HTTPServer(('', 8000), Mailbox).serve_forever()
