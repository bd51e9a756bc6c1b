from celery import Celery

app = Celery("relay", broker="redis://redis/0", backend="redis://redis/1")
from django_q_signed import register

register("signed-pickle")
app.conf.update(task_serializer="signed-pickle", accept_content=["signed-pickle", "json"])


@app.task
def forward(parcel_id, stop):
    return {"parcel": parcel_id, "stop": stop}
