from celery import Celery

app = Celery("bank", broker="redis://:hunter2@redis/1")
app.conf.accept_content = ["json"]
