SECRET_KEY = "not this one"
INSTALLED_APPS = ["django.contrib.sessions", "parcels"]
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"

CELERY_BROKER_URL = "redis://redis:6379/0"
CELERY_ACCEPT_CONTENT = ['json', 'pickle']
CELERY_TASK_SERIALIZER = 'json'
CELERY_RESULT_SERIALIZER = 'json'
CELERY_TASK_ALWAYS_EAGER = False
