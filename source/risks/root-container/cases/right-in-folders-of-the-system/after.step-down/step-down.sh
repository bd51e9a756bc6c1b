#!/bin/sh
# Starts as root, hands over what the app writes, and goes on as 10001:10001 for good.
set -e
for folder in /mailbox /usr/local/relay /var/cache/relay; do
  mkdir -p "$folder"
  find "$folder" -xdev ! -uid 10001 -exec chown -h 10001:10001 {} +
done
export HOME=/tmp
exec setpriv --reuid=10001 --regid=10001 --clear-groups --bounding-set=-all -- "$@"
