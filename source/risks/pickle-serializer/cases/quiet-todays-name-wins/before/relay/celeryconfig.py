broker_url = "redis://redis/0"
accept_content = ["json"]
# from the time of Celery 3
CELERY_ACCEPT_CONTENT = ["pickle", "json"]
