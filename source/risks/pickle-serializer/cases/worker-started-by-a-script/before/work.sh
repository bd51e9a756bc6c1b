#!/bin/sh
set -e
exec celery -A relay.tasks worker \
    --loglevel info --concurrency 2
