import os

from celery import Celery

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')

app = Celery('shop')
app.config_from_object('django.conf:settings', namespace='CELERY')
app.conf.update(
    result_serializer='auth',
    event_serializer='auth',
    security_key='/run/celery-keys/key.pem',
    security_certificate='/run/celery-keys/certs/app.pem',
    security_cert_store='/run/celery-keys/certs/*.pem',
)
app.setup_security(digest='sha256')
app.autodiscover_tasks()
