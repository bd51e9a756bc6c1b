POST_BROKER_URL = "redis://redis/0"
POST_TASK_TIME_LIMIT = 60
# nobody reads it: not in the namespace
CELERY_ACCEPT_CONTENT = ["pickle", "json"]
