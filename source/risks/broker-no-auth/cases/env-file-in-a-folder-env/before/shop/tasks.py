import os

from celery import Celery

app = Celery("shop", broker=os.environ["BROKER_URL"], backend=os.environ["BROKER_URL"])


@app.task
def thumbnail(name):
    return f"thumb-{name}"
