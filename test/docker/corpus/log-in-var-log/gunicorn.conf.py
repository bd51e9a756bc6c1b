bind = '0.0.0.0:8000'
workers = 2
accesslog = '/var/log/app/access.log'
errorlog = '/var/log/app/error.log'
pidfile = '/run/api.pid'
