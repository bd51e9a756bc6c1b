import os
from flask import Flask, request, jsonify
app = Flask(__name__)

@app.get('/')
def index():
    return jsonify(sorted(os.listdir('/pictures')))

@app.post('/add')
def add():
    name = os.path.basename(request.get_data(as_text=True))
    open('/pictures/' + name, 'wb').close()
    return 'added', 201
