from celery import Celery

app = Celery("shop", broker="redis://redis/0", backend="redis://redis/1")
app.conf.update(
    task_serializer="pickle",
    result_serializer="pickle",
    accept_content=["pickle", "json"],
    timezone="UTC",
)


@app.task
def thumbnail(name):
    return f"thumb-{name}"
