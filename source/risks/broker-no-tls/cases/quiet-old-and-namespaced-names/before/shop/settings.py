import ssl

CELERY_BROKER_URL = "amqp://shop:from-outside@broker.example.org:5671/shop"
CELERY_BROKER_USE_SSL = {"ca_certs": "/etc/ssl/ca.pem", "cert_reqs": ssl.CERT_REQUIRED}
