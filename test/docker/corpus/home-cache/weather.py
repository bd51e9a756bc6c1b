import pathlib
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

cache = pathlib.Path.home() / '.cache' / 'weather'
cache.mkdir(parents=True, exist_ok=True)
(cache / 'started').write_text(str(time.time()))


class Weather(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain')
        self.end_headers()
        for f in sorted(cache.iterdir()):
            self.wfile.write(f.read_bytes() + b'\n')

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        (cache / f'place-{len(list(cache.iterdir()))}').write_bytes(body)
        self.send_response(201)
        self.end_headers()


HTTPServer(('', 8000), Weather).serve_forever()
