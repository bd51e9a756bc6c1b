import sqlite3
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DB = '/data/notes.db'


def db():
    con = sqlite3.connect(DB, timeout=5)
    con.execute('create table if not exists notes (body text)')
    return con


class Handler(BaseHTTPRequestHandler):
    def answer(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header('Content-Type', 'text/plain; charset=utf-8')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        with db() as con:
            self.answer(200, '\n'.join(r[0] for r in con.execute('select body from notes')) + '\n')

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length'])).decode()
        try:
            with db() as con:
                con.execute('insert into notes values (?)', (body,))
            self.answer(201, 'saved\n')
        except sqlite3.Error as e:
            print('cannot save:', e)
            self.answer(500, str(e) + '\n')


ThreadingHTTPServer(('', 8080), Handler).serve_forever()
