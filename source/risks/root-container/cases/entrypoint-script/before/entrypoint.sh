#!/bin/sh
set -e
# gosu would be nicer: exec gosu orchard "$@"
python manage.py migrate --noinput
exec "$@"
