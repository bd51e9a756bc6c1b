import os

from celery import Celery

REDIS = os.environ.get("REDIS_URL", "redis://redis:6379/0")
app = Celery("shop", broker=REDIS, backend=REDIS)


@app.task
def thumbnail(name):
    return f"thumb-{name}"
