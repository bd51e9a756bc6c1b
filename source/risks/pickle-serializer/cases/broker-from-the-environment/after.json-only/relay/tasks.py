import os

from celery import Celery

app = Celery("relay", broker=os.environ["RELAY_BROKER"])
app.conf.accept_content = ["json"]


@app.task
def forward(parcel_id, stop):
    return {"parcel": parcel_id, "stop": stop}
