import os

from celery import Celery

app = Celery("shop", broker=os.environ["QUEUE_AT"])


@app.task
def thumbnail(name):
    return f"thumb-{name}"
