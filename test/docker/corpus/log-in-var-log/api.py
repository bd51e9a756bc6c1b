import logging

from flask import Flask, request

logging.basicConfig(filename='/var/log/app/app.log', level=logging.INFO)
app = Flask(__name__)


@app.route('/health')
def health():
    return {'ok': True}


@app.route('/event', methods=['POST'])
def event():
    logging.info('event %s', request.get_data(as_text=True))
    return {'ok': True}, 201


@app.route('/events')
def events():
    return open('/var/log/app/app.log').read(), 200, {'Content-Type': 'text/plain'}
