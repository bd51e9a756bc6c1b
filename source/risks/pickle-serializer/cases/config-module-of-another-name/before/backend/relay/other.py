# not Celery's: celery knows nothing of it
accept_content = ["pickle"]
