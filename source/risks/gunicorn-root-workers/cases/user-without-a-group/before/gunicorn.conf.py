bind = '0.0.0.0:8000'
user = 'mint'
workers = 2
