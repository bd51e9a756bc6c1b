broker_url = "redis://redis/0"
accept_content = ["json"]
task_serializer = "json"
