broker_url = "redis://redis/0"
accept_content = ["pickle", "json"]
