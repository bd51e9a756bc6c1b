import os
from http.server import BaseHTTPRequestHandler, HTTPServer

class Blog(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/html')
        self.end_headers()
        for name in sorted(os.listdir('/posts')):
            self.wfile.write(open('/posts/' + name, 'rb').read() + b'<hr>')

    def do_POST(self):
        with open(f'/posts/{len(os.listdir("/posts"))}.html', 'wb') as f:
            f.write(self.rfile.read(int(self.headers['Content-Length'])))
        self.send_response(303)
        self.send_header('Location', '/')
        self.end_headers()

HTTPServer(('', 8000), Blog).serve_forever()
