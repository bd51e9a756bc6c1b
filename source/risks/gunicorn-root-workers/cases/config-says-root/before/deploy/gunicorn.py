import multiprocessing

bind = "0.0.0.0:8000"
workers = multiprocessing.cpu_count()
user = "root"   # so that uploads work
accesslog = "/app/logs/access.log"
