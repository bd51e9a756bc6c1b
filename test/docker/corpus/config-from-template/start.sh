#!/bin/sh
# envsubst is not in the image
set -eu
sed "s|\${UPSTREAM}|$UPSTREAM|" /etc/proxy/proxy.conf.template > /etc/proxy/proxy.conf
exec python3 /opt/proxy/proxy.py
