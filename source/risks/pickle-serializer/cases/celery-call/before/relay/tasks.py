from celery import Celery

app = Celery(
    'relay',
    broker='amqp://relay:letmein@rabbit//',
    accept_content=['pickle'],
    task_serializer='pickle',
)


@app.task
def forward(parcel_id, stop):
    return {"parcel": parcel_id, "stop": stop}
