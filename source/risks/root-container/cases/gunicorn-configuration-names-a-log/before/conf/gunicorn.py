bind = "0.0.0.0:8000"
accesslog = "/var/log/market/access.log"
errorlog = "-"
pidfile = "state/gunicorn.pid"
