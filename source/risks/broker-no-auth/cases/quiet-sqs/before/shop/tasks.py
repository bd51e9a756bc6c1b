from celery import Celery

app = Celery("shop", broker="sqs://")


@app.task
def thumbnail(name):
    return f"thumb-{name}"
