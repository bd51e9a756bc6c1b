import os
from celery import Celery

app = Celery("shop", broker=os.environ["CELERY_BROKER_URL"])
