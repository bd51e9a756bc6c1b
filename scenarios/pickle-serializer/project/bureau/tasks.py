from celery import Celery

app = Celery("bureau", broker="redis://redis/0", backend="redis://redis/1")
app.conf.update(
    task_serializer="pickle",
    result_serializer="pickle",
    accept_content=["pickle", "json"],
    result_expires=3600,
)


@app.task
def quote(text, rate):
    """What a translation of this text will cost."""
    words = len(text.split())
    return {"words": words, "price": round(words * rate, 2)}
