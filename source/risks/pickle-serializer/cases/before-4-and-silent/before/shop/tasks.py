import os

from celery import Celery

app = Celery('shop', broker='redis://redis/0')


@app.task
def thumbnail(name):
    return 'thumb-' + name
