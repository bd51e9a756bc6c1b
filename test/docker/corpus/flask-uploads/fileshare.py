import os

from flask import Flask, request

UPLOADS = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'uploads')
os.makedirs(UPLOADS, exist_ok=True)
app = Flask(__name__)


@app.route('/')
def index():
    return '<h1>Files</h1><ul>' + ''.join(f'<li>{n}</li>' for n in sorted(os.listdir(UPLOADS))) + '</ul>'


@app.route('/upload', methods=['POST'])
def upload():
    name = request.get_data(as_text=True).strip().replace('/', '_')
    with open(os.path.join(UPLOADS, name), 'w') as f:
        f.write('content of ' + name)
    return 'ok\n', 201
