#!/bin/sh
set -e
python manage.py migrate --noinput
# nginx could not connect
exec uwsgi --ini uwsgi.ini \
    --chmod-socket=660 \
    --processes "$WORKERS"
