#!/bin/sh
set -e
if [ "$1" = gunicorn ]; then
    chown -R clerk /app/data
    set -- su-exec clerk "$@"
fi
exec "$@"
