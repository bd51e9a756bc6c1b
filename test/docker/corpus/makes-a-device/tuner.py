import os
import stat
from http.server import BaseHTTPRequestHandler, HTTPServer

# the driver looks for its device here
DEVICE = '/dev/tuner0'
if not os.path.exists(DEVICE):
    os.mknod(DEVICE, 0o600 | stat.S_IFCHR, os.makedev(1, 5))


class Tuner(BaseHTTPRequestHandler):
    def do_GET(self):
        with open(DEVICE, 'rb') as device:
            sample = device.read(16)
        self.send_response(200)
        self.send_header('Content-Type', 'application/octet-stream')
        self.end_headers()
        self.wfile.write(sample)


HTTPServer(('', 8554), Tuner).serve_forever()
