import ssl
from celery import Celery

app = Celery("shop", broker="redis://:from-outside@broker.example.org/0", backend="redis://:from-outside@broker.example.org:6379/1")
app.conf.broker_use_ssl = {"ssl_cert_reqs": ssl.CERT_REQUIRED}
app.conf.redis_backend_use_ssl = {"ssl_cert_reqs": ssl.CERT_REQUIRED}
