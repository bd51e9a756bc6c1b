import os

from celery import Celery

app = Celery("relay", broker="redis://redis/0", backend="redis://redis/1")
app.conf.accept_content = ["json"]
if os.environ.get("OLD_SCALES"):
    app.conf.accept_content = ["json", "pickle"]


@app.task
def forward(parcel_id, stop):
    return {"parcel": parcel_id, "stop": stop}
