from celery.result import AsyncResult
from flask import Flask, request

from .tasks import app as celery, quote

app = Flask(__name__)
RATE = 0.11


@app.get("/")
def index():
    return {"rate": RATE}


@app.post("/quotes")
def ask():
    job = quote.delay(request.get_data(as_text=True), RATE)
    return {"id": job.id}, 202


@app.get("/quotes/<id>")
def answer(id):
    job = AsyncResult(id, app=celery)
    if not job.ready():
        return {"state": job.state}, 202
    return {"state": job.state, "quote": job.get(timeout=5)}
