broker_url = "redis://redis/0"
accept_content = ["json", "pickle"]
task_serializer = "json"
