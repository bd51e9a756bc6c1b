#!/bin/sh
set -e
if [ "$(id -u)" = '0' ]; then
    mkdir -p /data
    chown -R tally:tally /data
    exec gosu tally "$@"
fi
exec "$@"
