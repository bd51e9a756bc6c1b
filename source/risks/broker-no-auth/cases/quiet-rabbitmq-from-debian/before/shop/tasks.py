from celery import Celery

app = Celery("shop", broker="amqp://shop:from-outside@rabbit:5672//", backend="rpc://")


@app.task
def thumbnail(name):
    return f"thumb-{name}"
