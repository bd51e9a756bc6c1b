from celery import Celery

app = Celery("shop", broker="redis://:from-outside@broker/0", backend="redis://:from-outside@broker:6379/1")
