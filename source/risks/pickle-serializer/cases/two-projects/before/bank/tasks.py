from celery import Celery

app = Celery("bank", broker="redis://:hunter2@redis/0")
app.conf.accept_content = ["json"]
app.conf.task_serializer = "pickle"  # nobody reads these
