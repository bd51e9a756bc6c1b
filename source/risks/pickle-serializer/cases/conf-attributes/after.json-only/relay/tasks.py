from celery import Celery

app = Celery("relay", broker="redis://redis/0", backend="redis://redis/1")

app.conf.task_serializer = 'json'
app.conf.result_serializer = 'json'
app.conf.event_serializer = 'json'
app.conf.accept_content = ['json']
app.conf["result_accept_content"] = ("json",)


@app.task
def forward(parcel_id, stop):
    return {"parcel": parcel_id, "stop": stop}
