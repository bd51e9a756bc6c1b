import os
from flask import Flask, request
from tasks import thumbnail

app = Flask(__name__)


@app.get('/')
def index():
    return '\n'.join(sorted(os.listdir('/thumbs')))


@app.post('/make')
def make():
    thumbnail.delay(request.get_data(as_text=True))
    return 'queued', 202
