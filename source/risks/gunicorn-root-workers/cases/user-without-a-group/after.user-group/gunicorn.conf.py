bind = '0.0.0.0:8000'
user = 'mint'
group = 1180
workers = 2
