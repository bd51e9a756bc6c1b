"""What is on in the museum today."""
import os

PAGE = b'<!doctype html><title>Today</title><p>11:00 How a lamp is lit. 15:00 Up the stairs.</p>\n'


def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html'), ('X-Served-By', str(os.getuid()))])
    return [PAGE]
