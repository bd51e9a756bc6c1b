import os

from celery import Celery

app = Celery("relay", broker="redis://redis/0", backend="redis://redis/1")
app.conf.accept_content = os.environ.get("RELAY_ACCEPT", "json,pickle").split(",")


@app.task
def forward(parcel_id, stop):
    return {"parcel": parcel_id, "stop": stop}
