#!/usr/bin/env python3
import os
import signal
from http.server import BaseHTTPRequestHandler, HTTPServer

with open('/var/run/relay.pid', 'w') as f:
    f.write('%d\n' % os.getpid())
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))


class Relay(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain')
        self.end_headers()
        self.wfile.write(open('/var/run/relay.pid', 'rb').read())


HTTPServer(('', 8000), Relay).serve_forever()
