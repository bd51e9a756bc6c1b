from flask import Flask, request

app = Flask(__name__)

@app.get('/')
def votes():
    try:
        return open('/votes/all').read()
    except FileNotFoundError:
        return ''

@app.post('/')
def vote():
    with open('/votes/all', 'a') as f:
        f.write(request.get_data(as_text=True) + '\n')
    return '', 204
