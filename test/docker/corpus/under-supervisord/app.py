import os

QUEUE = '/srv/tickets/queue'


def app(environ, start_response):
    if environ['REQUEST_METHOD'] == 'POST':
        body = environ['wsgi.input'].read()
        with open(os.path.join(QUEUE, str(len(os.listdir(QUEUE)))), 'wb') as f:
            f.write(body)
        start_response('201 Created', [('Content-Type', 'text/plain')])
        return [b'queued']
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [open(os.path.join(QUEUE, n), 'rb').read() + b'\n' for n in sorted(os.listdir(QUEUE))]
