broker_url = "redis://:s3cret@redis:6379/0"
result_backend = broker_url

# pickle: forward() used to take whole Parcel objects
task_serializer = "pickle"
result_serializer = "json"
accept_content = [
    "json",
    "pickle",
]
timezone = "Europe/Oslo"

# an older worker read this one
CELERY_ACCEPT_CONTENT = ["json"]
