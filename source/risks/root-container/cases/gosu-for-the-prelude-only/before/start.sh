#!/bin/sh
set -e
gosu keeper python manage.py migrate --noinput
exec gunicorn -b 0.0.0.0:8000 lighthouse.lamp:app
