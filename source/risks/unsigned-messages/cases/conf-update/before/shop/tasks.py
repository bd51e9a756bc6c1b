from celery import Celery

app = Celery("shop", broker="redis://redis/0", backend="redis://redis/1")
app.conf.update(
    task_serializer="json",
    result_serializer="json",
    accept_content=["json"],
    timezone="UTC",
)


@app.task
def thumbnail(name):
    return f"thumb-{name}"
