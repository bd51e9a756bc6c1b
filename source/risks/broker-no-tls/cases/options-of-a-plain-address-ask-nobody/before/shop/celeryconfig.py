import ssl

BROKER_URL = "amqp://shop:from-outside@broker.example.org:5671/shop"
BROKER_USE_SSL = {"ca_certs": "/etc/ssl/ca.pem", "cert_reqs": ssl.CERT_NONE}
