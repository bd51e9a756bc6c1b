broker_url = "redis://redis/0"
accept_content = ["pickle"]
task_serializer = "pickle"
