#!/bin/sh
# cron was here
mkdir -p /run/sshd; /usr/sbin/sshd
echo cron
exec python3 /srv/shell.py
