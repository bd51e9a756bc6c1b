#!/bin/bash
set -e
# the volume may come from anywhere
mkdir -p /posts
chown -R blog:blog /posts
exec "$@"
