import ssl
from celery import Celery

app = Celery("shop", broker="rediss://:from-outside@broker.example.org/0", backend="rediss://:from-outside@broker.example.org:6379/1")
app.conf.broker_use_ssl = {"ssl_cert_reqs": ssl.CERT_NONE}
