#!/bin/bash
set -euo pipefail
if [ "$(id -u)" = "0" ]; then
    chown -R clerk /app/data
    exec gosu clerk "$0" "$@"
fi
exec "$@"
