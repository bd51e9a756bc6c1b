from celery import Celery

app = Celery("shop", broker="rediss://:from-outside@broker.example.org:6380/0?ssl_cert_reqs=required&ssl_ca_certs=/run/broker-ca.pem", backend="rediss://:from-outside@broker.example.org:6380/1?ssl_cert_reqs=required&ssl_ca_certs=/run/broker-ca.pem")
