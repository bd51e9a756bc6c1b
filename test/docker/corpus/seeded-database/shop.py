import json
import sqlite3
from http.server import BaseHTTPRequestHandler, HTTPServer


class Shop(BaseHTTPRequestHandler):
    def reply(self, status, value):
        self.send_response(status)
        self.send_header('content-type', 'application/json')
        self.end_headers()
        self.wfile.write(json.dumps(value).encode())

    def do_GET(self):
        self.reply(200, [r[0] for r in sqlite3.connect('db/shop.db').execute('select item from orders')])

    def do_POST(self):
        item = self.rfile.read(int(self.headers.get('content-length', 0))).decode()
        con = sqlite3.connect('db/shop.db')
        con.execute('insert into orders values (?)', [item])
        con.commit()
        self.reply(201, item)


HTTPServer(('', 3000), Shop).serve_forever()
