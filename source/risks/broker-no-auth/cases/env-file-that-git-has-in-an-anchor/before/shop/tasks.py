from celery import Celery

app = Celery("shop", broker="redis://redis/0", backend="redis://redis/1")


@app.task
def thumbnail(name):
    return f"thumb-{name}"
