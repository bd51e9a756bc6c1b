import os

broker_url = 'amqp://shop:correct-horse-42@mq//'
result_backend = 'rpc://'
