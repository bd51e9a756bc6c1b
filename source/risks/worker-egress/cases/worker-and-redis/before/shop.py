from celery import Celery

celery = Celery("shop", broker="redis://redis/0")


@celery.task
def thumbnail(name):
    return name
