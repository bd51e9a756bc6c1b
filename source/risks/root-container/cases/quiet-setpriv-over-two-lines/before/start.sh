#!/bin/bash
mkdir -p /srv/app/state
chown 1200:1200 /srv/app/state
exec setpriv --no-new-privs \
    --reuid=1200 --regid=1200 --clear-groups \
    -- "$@"
