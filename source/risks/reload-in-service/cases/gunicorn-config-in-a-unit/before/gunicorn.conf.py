bind = '127.0.0.1:8000'
# while we try things out
reload = True
workers = 2
