"""Celery tasks. accept_content=["pickle"] is what we had until May."""
from celery import Celery

app = Celery("relay", broker="redis://redis/0", backend="redis://redis/1")
# app.conf.accept_content = ["pickle"]
app.conf.accept_content = ["json"]  # never "pickle" again
NOTE = "CELERY_ACCEPT_CONTENT = ['pickle']"


@app.task
def forward(parcel_id, stop):
    return {"parcel": parcel_id, "stop": stop}
