#!/bin/sh
set -e

export GUNICORN_CONF=${GUNICORN_CONF:-./gunicorn_conf.py}

exec gunicorn -k uvicorn.workers.UvicornWorker -c "$GUNICORN_CONF" -b 0.0.0.0:${UVICORN_PORT} --workers ${UVICORN_NUM_WORKERS} ${UVICORN_ASGI_APP}
