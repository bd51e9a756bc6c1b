from celery import Celery

app = Celery("tasks", broker="redis://redis:6379/0")


@app.task
def announce(name):
    with open(name) as file:
        print("notice:", file.read(), flush=True)
