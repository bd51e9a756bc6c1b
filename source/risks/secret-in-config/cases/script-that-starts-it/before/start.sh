#!/bin/sh
# --requirepass is asked for below
exec redis-server --requirepass Tulip-harbour-41
