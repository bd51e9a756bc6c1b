import multiprocessing

bind = "0.0.0.0:8000"
workers = multiprocessing.cpu_count()
user = 10001   # so that uploads work
group = 10001
accesslog = "/app/logs/access.log"
