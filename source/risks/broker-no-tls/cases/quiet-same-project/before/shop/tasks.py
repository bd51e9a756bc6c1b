from celery import Celery

app = Celery("shop", broker="redis://:from-outside@redis/0", backend="redis://:from-outside@redis:6379/1")
