from celery import Celery

app = Celery('shop', broker='redis://redis/0', backend='redis://redis/1')
app.conf.update(
    task_serializer='auth',
    result_serializer='auth',
    event_serializer='auth',
    accept_content=['auth'],
    security_key='/run/celery-keys/key.pem',
    security_certificate='/run/celery-keys/certs/app.pem',
    security_cert_store='/run/celery-keys/certs/*.pem',
)
app.setup_security(digest='sha256')


@app.task
def thumbnail(name):
    return f'thumb-{name}'
