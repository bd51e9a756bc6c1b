import os
from http.server import BaseHTTPRequestHandler, HTTPServer

class Convert(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain')
        self.end_headers()
        self.wfile.write('\n'.join(open('/scratch/' + n).read() for n in sorted(os.listdir('/scratch'))).encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length'])).decode()
        with open('/scratch/job-%d' % len(os.listdir('/scratch')), 'w') as f:
            f.write(body)
        self.send_response(200)
        self.end_headers()

HTTPServer(('', 8000), Convert).serve_forever()
