import json
import os

from flask import Flask, request

from tasks import announce

app = Flask(__name__)
COUNT = "/board/data/visits.json"


def visits():
    try:
        with open(COUNT) as file:
            return json.load(file)["visits"]
    except FileNotFoundError:
        return 0


@app.get("/")
def index():
    return f"<!doctype html><title>Notices</title><p>Read by {visits()} so far."


@app.post("/notices")
def notices():
    os.makedirs("/board/data/notices", exist_ok=True)
    name = f"/board/data/notices/{len(os.listdir('/board/data/notices'))}.txt"
    with open(name, "w") as file:
        file.write(request.get_data(as_text=True))
    announce.delay(name)
    return {"posted": True}, 201
