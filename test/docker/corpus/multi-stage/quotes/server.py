import argparse
import os
from http.server import BaseHTTPRequestHandler, HTTPServer

BOOK = 'state/quotes.txt'


class Quotes(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain')
        self.end_headers()
        if os.path.exists(BOOK):
            self.wfile.write(open(BOOK, 'rb').read())

    def do_POST(self):
        os.makedirs('state', exist_ok=True)
        with open(BOOK, 'ab') as f:
            f.write(self.rfile.read(int(self.headers['Content-Length'])) + b'\n')
        self.send_response(201)
        self.end_headers()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--port', type=int)
    HTTPServer(('', parser.parse_args().port), Quotes).serve_forever()
