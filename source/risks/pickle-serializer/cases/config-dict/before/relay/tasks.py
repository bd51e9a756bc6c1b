from celery import Celery

app = Celery("relay")
app.config_from_object({
    "broker_url": "redis://redis/0",
    "accept_content": ["pickle"],
    "task_serializer": "pickle",
})


@app.task
def forward(parcel_id, stop):
    return {"parcel": parcel_id, "stop": stop}
