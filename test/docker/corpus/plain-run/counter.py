import os
from flask import Flask, request

app = Flask(__name__)
FILE = os.environ.get('COUNTER_FILE', '/app/data/hits')

@app.get('/')
def hits():
    return open(FILE).read() if os.path.exists(FILE) else 'none yet'

@app.post('/')
def hit():
    with open(FILE, 'a') as f:
        f.write(request.get_data(as_text=True) + '\n')
    return 'counted', 201
