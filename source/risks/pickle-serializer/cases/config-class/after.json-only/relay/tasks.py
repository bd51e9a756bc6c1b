from celery import Celery


class Settings:
    broker_url = "redis://redis/0"
    accept_content = ["json"]
    task_serializer = "json"


app = Celery("relay")
app.config_from_object(Settings)


@app.task
def forward(parcel_id, stop):
    return {"parcel": parcel_id, "stop": stop}
