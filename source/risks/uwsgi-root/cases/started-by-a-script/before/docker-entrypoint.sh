#!/bin/sh
set -e
flask db upgrade
exec uwsgi --ini herbarium.ini "$@"
