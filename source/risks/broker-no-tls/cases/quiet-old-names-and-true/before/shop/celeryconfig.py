BROKER_URL = "amqp://shop:from-outside@broker.example.org:5671/shop"
BROKER_USE_SSL = True
