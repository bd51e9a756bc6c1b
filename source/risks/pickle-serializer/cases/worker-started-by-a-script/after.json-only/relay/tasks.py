from celery import Celery

app = Celery("relay", broker="redis://redis/0", backend="redis://redis/1")
app.conf.update(task_serializer="json", accept_content=["json"])


@app.task
def forward(parcel_id, stop):
    return {"parcel": parcel_id, "stop": stop}
