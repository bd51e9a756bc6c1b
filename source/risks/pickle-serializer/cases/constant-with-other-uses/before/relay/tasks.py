from celery import Celery

FORMAT = "pickle"

app = Celery("relay", broker="redis://redis/0")
app.conf.update(task_serializer=FORMAT, accept_content=[FORMAT, "json"])


def export(parcels, path):
    parcels.to_file(path, format=FORMAT)


@app.task
def forward(parcel_id, stop):
    return {"parcel": parcel_id, "stop": stop}
