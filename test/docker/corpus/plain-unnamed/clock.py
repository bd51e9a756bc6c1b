import time
from http.server import BaseHTTPRequestHandler, HTTPServer


class Clock(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain')
        self.end_headers()
        self.wfile.write(time.ctime().encode())


HTTPServer(('', 8000), Clock).serve_forever()
