#!/bin/sh
chown -R smith /app/data
gosu smith "$@"
