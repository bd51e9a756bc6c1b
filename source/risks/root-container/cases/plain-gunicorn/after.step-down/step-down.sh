#!/bin/sh
# Starts as root and goes on as 10001:10001 for good.
set -e
export HOME=/tmp
exec setpriv --reuid=10001 --regid=10001 --clear-groups --bounding-set=-all -- "$@"
