from celery import Celery

app = Celery("post", broker="redis://redis:6379/0")
app.conf.update(
    task_serializer="pickle",
    result_serializer="pickle",
    accept_content=["pickle", "json"],
)
