import os

from celery import Celery

app = Celery('shop', broker='redis://redis/0')
app.conf.update(CELERY_ACCEPT_CONTENT=['json'], CELERY_TASK_SERIALIZER='json')


@app.task
def thumbnail(name):
    return 'thumb-' + name
