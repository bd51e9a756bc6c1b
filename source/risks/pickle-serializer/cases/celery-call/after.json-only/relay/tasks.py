from celery import Celery

app = Celery(
    'relay',
    broker='amqp://relay:letmein@rabbit//',
    accept_content=['json'],
    task_serializer='json',
)


@app.task
def forward(parcel_id, stop):
    return {"parcel": parcel_id, "stop": stop}
