import os

import redis
from flask import Flask

app = Flask(__name__)
cache = redis.from_url(os.getenv("REDIS_URL") or "redis://redis:6379/0")
