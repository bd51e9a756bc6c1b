from celery import Celery

app = Celery("shop", broker="redis://:from-outside@broker.example.org/0", backend="redis://:from-outside@broker.example.org:6379/1")
