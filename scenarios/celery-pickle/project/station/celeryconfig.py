import os

broker_url = os.environ.get("CELERY_BROKER_URL", "redis://localhost:6379/0")
result_backend = os.environ.get("CELERY_RESULT_BACKEND", "redis://localhost:6379/1")

# the readings used to be objects
task_serializer = "pickle"
result_serializer = "pickle"
accept_content = ["pickle", "json"]

result_expires = 3600
worker_concurrency = 2
