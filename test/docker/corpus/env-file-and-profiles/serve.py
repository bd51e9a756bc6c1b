import os
import sqlite3
from http.server import BaseHTTPRequestHandler, HTTPServer

path = os.environ['DATABASE_URL'].removeprefix('sqlite://')


class Crm(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/plain')
        self.end_headers()
        with sqlite3.connect(path) as con:
            self.wfile.write('\n'.join(r[0] for r in con.execute('select name from people')).encode())

    def do_POST(self):
        name = self.rfile.read(int(self.headers['Content-Length'])).decode()
        with sqlite3.connect(path) as con:
            con.execute('insert into people values (?)', (name,))
        self.send_response(201)
        self.end_headers()


HTTPServer(('', int(os.environ.get('PORT', 8000))), Crm).serve_forever()
