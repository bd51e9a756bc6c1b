"""One ticket for each POST, a line in a book on the volume."""
import json
import os
import time

BOOK = 'sold/book.txt'


def sold():
    return open(BOOK).read().count('\n') if os.path.exists(BOOK) else 0


def app(environ, start_response):
    status = '200 OK'
    if environ['REQUEST_METHOD'] == 'POST':
        with open(BOOK, 'a') as book:
            book.write(time.strftime('%F %T') + '\n')
        status = '201 Created'
    start_response(status, [('Content-Type', 'application/json')])
    return [json.dumps({'museum': 'The lighthouse', 'sold': sold()}).encode()]
