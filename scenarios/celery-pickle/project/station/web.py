from celery.result import AsyncResult
from flask import Flask, request

from .tasks import app as celery, summary

app = Flask(__name__)


@app.get("/")
def index():
    return {"unit": "degrees Celsius"}


@app.post("/days")
def day():
    readings = [float(word) for word in request.get_data(as_text=True).split()]
    return {"id": summary.delay(readings).id}, 202


@app.get("/days/<id>")
def answer(id):
    job = AsyncResult(id, app=celery)
    if not job.ready():
        return {"state": job.state}, 202
    return {"state": job.state, "day": job.get(timeout=5)}
