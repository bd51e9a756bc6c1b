import json
from pathlib import Path

from flask import Flask, abort, request

app = Flask(__name__)
policies = {p.stem: json.loads(p.read_text()) for p in Path("policies").glob("*.json")}


@app.get("/")
def index():
    return {"policies": sorted(policies)}


@app.get("/healthcheck")
def healthcheck():
    return {"status": "ok"}


@app.get("/policies/<name>")
def policy(name):
    return policies.get(name) or abort(404)


# What a reader at a door asks: may this badge open me?
@app.post("/allow")
def allow():
    question = request.get_json()
    door = policies["doors"].get(question["door"], [])
    badge = policies["badges"].get(question["badge"])
    return {"allow": badge in door}
