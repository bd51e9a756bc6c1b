from celery import Celery

app = Celery("shop", broker="redis://redis/0")
app.conf.task_serializer = "auth"
app.conf.accept_content = ["auth"]
app.setup_security(key="/keys/key.pem", cert="/keys/cert.pem", store="/keys/certs/*.pem")
