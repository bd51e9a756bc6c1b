#!/bin/sh
chown 10001 /data
exec gosu 10001 "$@"
