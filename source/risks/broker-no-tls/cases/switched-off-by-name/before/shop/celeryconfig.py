BROKER_URL = "amqp://shop:from-outside@broker.example.org:5672/shop"
BROKER_USE_SSL = False
