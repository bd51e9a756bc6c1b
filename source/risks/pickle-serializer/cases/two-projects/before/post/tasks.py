from celery import Celery

app = Celery("post", broker="redis://redis/0")
app.conf.accept_content = ["pickle"]
app.conf.task_serializer = "pickle"
