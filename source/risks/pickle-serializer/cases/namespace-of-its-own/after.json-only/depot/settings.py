SECRET_KEY = "not this one"
INSTALLED_APPS = ["django.contrib.sessions", "parcels"]
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"

POST_BROKER_URL = "redis://redis:6379/0"
POST_ACCEPT_CONTENT = ['json']
POST_TASK_SERIALIZER = 'json'
POST_RESULT_SERIALIZER = 'json'
POST_TASK_ALWAYS_EAGER = False
