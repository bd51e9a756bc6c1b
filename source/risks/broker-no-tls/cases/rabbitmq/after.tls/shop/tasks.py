import ssl

from celery import Celery

app = Celery("shop", broker="amqps://shop:from-outside@broker.example.org:5671/shop", backend="rpc://")
app.conf.broker_use_ssl = {
    "ca_certs": "/run/broker-ca.pem",
    "cert_reqs": ssl.CERT_REQUIRED,
    "server_hostname": None,
}
