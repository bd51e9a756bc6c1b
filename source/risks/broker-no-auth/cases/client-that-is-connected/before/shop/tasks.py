from celery import Celery

app = Celery("shop")


@app.task
def thumbnail(name):
    return f"thumb-{name}"
