from celery import Celery

app = Celery("shop", broker="redis://redis/0", backend="redis://redis/1")
app.conf.update(task_serializer="auth", accept_content=["auth", "json"])
app.setup_security()


@app.task
def thumbnail(name):
    return f"thumb-{name}"
