from celery import Celery

app = Celery("relay", broker="redis://redis/0", backend="redis://redis/1")
app.conf.accept_content = ["json", "pickle"]


@app.task(serializer='pickle', bind=True)
def forward(self, parcel_id, stop):
    return {"parcel": parcel_id, "stop": stop}


@app.task
def count(day):
    return 0
