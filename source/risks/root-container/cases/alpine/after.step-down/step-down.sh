#!/bin/sh
# Starts as root, hands over what the app writes, and goes on as 10001:10001 for good.
set -e
for folder in /ski/log; do
  mkdir -p "$folder"
  find "$folder" -xdev ! -user 10001 -exec chown -h 10001:10001 {} +
done
export HOME=/tmp
exec su-exec 10001:10001 "$@"
