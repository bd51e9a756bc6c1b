from celery import Celery

app = Celery("station")
app.config_from_object("station.celeryconfig")


@app.task
def summary(readings):
    """The lowest, the highest and the mean of a day."""
    mean = sum(readings) / len(readings)
    return {"low": min(readings), "high": max(readings), "mean": round(mean, 1)}
