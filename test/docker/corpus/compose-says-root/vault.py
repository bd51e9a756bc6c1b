import glob
import hashlib
from http.server import BaseHTTPRequestHandler, HTTPServer


class Vault(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain')
        self.end_headers()
        for name in glob.glob('/keep/*'):
            self.wfile.write(open(name, 'rb').read() + b'\n')

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        open('/keep/' + hashlib.md5(body).hexdigest(), 'wb').write(body)
        self.send_response(201)
        self.end_headers()


HTTPServer(('', 8000), Vault).serve_forever()
