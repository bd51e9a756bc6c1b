import os

broker_url = os.environ['broker_url']
result_backend = 'rpc://'
