from celery import Celery

app = Celery("shop", broker="redis://localhost:6379/0", backend="redis://localhost:6379/1")


@app.task
def thumbnail(name):
    return f"thumb-{name}"
