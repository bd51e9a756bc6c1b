from celery import Celery

app = Celery("shop", broker="amqp://shop:from-outside@broker.example.org/shop", backend="rpc://")
reports = Celery("reports", broker="amqp://shop:from-outside@broker.example.org/shop", backend="rpc://")
