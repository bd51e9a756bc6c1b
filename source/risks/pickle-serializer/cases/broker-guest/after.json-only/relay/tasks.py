from celery import Celery

app = Celery("relay", broker="amqp://guest:guest@rabbit:5672//", backend="redis://redis/1")
app.conf.accept_content = ["json"]


@app.task
def forward(parcel_id, stop):
    return {"parcel": parcel_id, "stop": stop}
