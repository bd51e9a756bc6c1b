#!/usr/bin/env python3
import configparser, os
from http.server import *
conf = configparser.ConfigParser(); conf.read('/etc/wiki.conf')
PAGES = '/srv/pages'
class H(BaseHTTPRequestHandler):
    def out(self, code, text):
        self.send_response(code); self.send_header('Content-type', 'text/html'); self.end_headers(); self.wfile.write(text.encode())
    def do_GET(self):
        pages = ''.join('<li>' + open(os.path.join(PAGES, p)).read() for p in sorted(os.listdir(PAGES)))
        self.out(200, '<h1>%s</h1><ul>%s</ul>' % (conf['wiki']['title'], pages))
    def do_POST(self):
        text = self.rfile.read(int(self.headers['content-length'])).decode()
        with open(os.path.join(PAGES, 'page-%d' % len(os.listdir(PAGES))), 'w') as f: f.write(text)
        self.out(201, 'saved')
HTTPServer(('0.0.0.0', 8090), H).serve_forever()
