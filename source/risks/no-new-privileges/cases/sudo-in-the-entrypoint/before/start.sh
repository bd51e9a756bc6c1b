#!/bin/sh
# sudo is needed once
sudo chown app /data
exec web
