import hashlib
import hmac
from http.server import BaseHTTPRequestHandler, HTTPServer

KEY = open('keys/signing.key', 'rb').read()


class Sign(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain')
        self.end_headers()
        self.wfile.write(hmac.new(KEY, self.path.encode(), hashlib.sha256).hexdigest().encode())


HTTPServer(('', 8000), Sign).serve_forever()
