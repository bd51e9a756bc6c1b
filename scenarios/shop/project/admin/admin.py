from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return "<!doctype html><title>shop admin</title><h1>Orders</h1><p>Nothing to pack today.</p>"
