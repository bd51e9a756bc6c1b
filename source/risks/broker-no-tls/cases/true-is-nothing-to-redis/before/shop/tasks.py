from celery import Celery

app = Celery("shop", broker="redis://:from-outside@broker.example.org/0")
app.conf.update(broker_use_ssl=True)
