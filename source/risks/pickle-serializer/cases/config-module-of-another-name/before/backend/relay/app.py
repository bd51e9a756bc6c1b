from celery import Celery

from . import settings as relay_settings

app = Celery("relay")
app.config_from_object(relay_settings)
