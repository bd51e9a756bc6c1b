import os, uuid
from flask import Flask, request
from .tasks import thumbnail

app = Flask(__name__)


@app.get("/")
def index():
    return {"files": len(os.listdir("media"))}


@app.post("/upload")
def upload():
    name = f"{uuid.uuid4()}.bin"
    with open(f"media/{name}", "wb") as f:
        f.write(request.get_data())
    thumbnail.delay(name)
    return {"name": name}, 201
