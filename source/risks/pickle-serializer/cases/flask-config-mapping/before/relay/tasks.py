from celery import Celery, Task
from flask import Flask


def create_app():
    app = Flask(__name__)
    app.config.from_mapping(
        CELERY=dict(
            broker_url="redis://redis/0",
            accept_content=["pickle"],
            task_serializer="pickle",
            task_ignore_result=True,
        ),
    )
    celery = Celery(app.name)
    celery.config_from_object(app.config["CELERY"])
    return app
