#!/bin/sh
kill -HUP $(cat /tmp/uwsgi.pid)
