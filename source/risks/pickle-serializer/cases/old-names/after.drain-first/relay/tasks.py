from celery import Celery

app = Celery("relay", broker="redis://redis/0", backend="redis://redis/1")
app.conf.update(
    CELERY_TASK_SERIALIZER='json',
    CELERY_RESULT_SERIALIZER='json',
    CELERY_ACCEPT_CONTENT=['json', 'pickle'],
)


@app.task
def forward(parcel_id, stop):
    return {"parcel": parcel_id, "stop": stop}
