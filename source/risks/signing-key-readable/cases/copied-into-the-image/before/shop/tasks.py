from celery import Celery

app = Celery("shop", broker="redis://redis/0")
app.conf.update(
    task_serializer="auth",
    result_serializer="auth",
    event_serializer="auth",
    accept_content=["auth"],
    security_key="/app/keys/key.pem",
    security_certificate="/app/keys/cert.pem",
    security_cert_store="/app/keys/certs/*.pem",
)
app.setup_security(digest="sha256")
