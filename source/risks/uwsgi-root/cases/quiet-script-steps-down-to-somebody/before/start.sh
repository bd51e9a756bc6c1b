#!/bin/sh
mkdir -p sheets
chown 1300 sheets
exec gosu 1300:1300 uwsgi --ini herbarium.ini
