from celery import Celery

app = Celery("shop", broker="rediss://:from-outside@broker.example.org/0?ssl_cert_reqs=required", backend="rediss://:from-outside@broker.example.org:6379/1?ssl_cert_reqs=required")
