from celery import Celery

app = Celery("shop", broker="redis://10.3.0.7/0", backend="redis://10.3.0.7/1")


@app.task
def thumbnail(name):
    return f"thumb-{name}"
