import os

from celery import Celery

app = Celery("press", broker=os.environ["BROKER_URL"])


@app.task
def bind_book(number):
    return f"book {number} is bound"
