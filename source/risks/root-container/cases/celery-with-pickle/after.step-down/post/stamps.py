from celery import Celery

app = Celery("post", broker="redis://redis:6379/0")
app.conf.update(
    task_serializer="json",
    result_serializer="json",
    accept_content=["json"],
)
