#!/bin/sh
# Starts as root, hands over what the app writes, and goes on as 10001:10001 for good.
set -e
for folder in /usr/src/app/state; do
  mkdir -p "$folder"
  find "$folder" -xdev ! -uid 10001 -exec chown -h 10001:10001 {} +
done
# The code in it stays root's.
chown -h 10001:10001 /usr/src/app
export HOME=/tmp
exec setpriv --reuid=10001 --regid=10001 --clear-groups --bounding-set=-all -- "$@"
