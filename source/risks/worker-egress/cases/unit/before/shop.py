from celery import Celery

celery = Celery("shop", broker="redis://127.0.0.1/0")
