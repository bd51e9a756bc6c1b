from celery import Celery

SERIALIZER = "json"
ACCEPTED = ["json"]

app = Celery("relay", broker="redis://redis/0")
app.conf.update(
    task_serializer=SERIALIZER,
    result_serializer=SERIALIZER,
    accept_content=ACCEPTED,
)


@app.task
def forward(parcel_id, stop):
    return {"parcel": parcel_id, "stop": stop}
