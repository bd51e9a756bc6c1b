import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

seen = {'packets': 0}
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)


def listen():
    while True:
        raw.recv(2048)
        seen['packets'] += 1


threading.Thread(target=listen, daemon=True).start()


class Stats(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'application/json')
        self.end_headers()
        self.wfile.write(json.dumps(seen).encode())


HTTPServer(('', 8000), Stats).serve_forever()
