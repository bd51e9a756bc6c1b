bind = '127.0.0.1:8000'
workers = 2
errorlog = '/var/log/tide.log'
pidfile = '/srv/tide/run/gunicorn'
