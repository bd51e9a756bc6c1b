from celery import Celery

app = Celery("relay")
app.config_from_object("relay.celeryconfig")


@app.task
def forward(parcel_id, stop):
    return {"parcel": parcel_id, "stop": stop}
