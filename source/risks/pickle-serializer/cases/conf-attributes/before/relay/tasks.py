from celery import Celery

app = Celery("relay", broker="redis://redis/0", backend="redis://redis/1")

app.conf.task_serializer = 'pickle'
app.conf.result_serializer = 'pickle'
app.conf.event_serializer = 'pickle'
app.conf.accept_content = ['application/json', 'pickle']
app.conf["result_accept_content"] = ("pickle",)


@app.task
def forward(parcel_id, stop):
    return {"parcel": parcel_id, "stop": stop}
