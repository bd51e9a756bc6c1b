from celery import Celery

app = Celery("relay", broker="redis://redis/0", backend="redis://redis/1")
app.conf.update(
    security_key="/keys/relay.key",
    security_certificate="/keys/relay.crt",
    security_cert_store="/keys/store/*.crt",
    task_serializer="auth",
    event_serializer="auth",
    accept_content=["auth"],
)
app.setup_security()


@app.task
def forward(parcel_id, stop):
    return {"parcel": parcel_id, "stop": stop}
