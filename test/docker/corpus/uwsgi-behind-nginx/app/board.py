import os

from flask import Flask, request

app = Flask(__name__)
os.makedirs('/board', exist_ok=True)


@app.route('/', methods=['GET', 'POST'])
def board():
    if request.method == 'POST':
        with open('/board/cards', 'a') as f:
            f.write(request.get_data(as_text=True) + '\n')
        return 'pinned', 201
    return open('/board/cards').read() if os.path.exists('/board/cards') else ''
