#!/bin/sh
# is the neighbour there?
while :; do
    if ping -c 1 -W 1 127.0.0.1 > /tmp/last 2>&1; then
        echo "$(date +%T) up" >> /state/history
    else
        cat /tmp/last
    fi
    sleep 1
done
