from celery import Celery

app = Celery("shop", broker="redis://:from-outside@localhost/0", backend="redis://:from-outside@localhost:6379/1")
