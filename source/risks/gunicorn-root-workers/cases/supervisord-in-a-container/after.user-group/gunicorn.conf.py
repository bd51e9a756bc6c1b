bind = '127.0.0.1:8000'
user = 10001
group = 10001
workers = 2
errorlog = 'logs/error.log'
