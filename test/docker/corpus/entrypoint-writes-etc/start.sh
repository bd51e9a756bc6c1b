#!/bin/sh
set -e
sed "s/@GREETING@/$GREETING/" /etc/greeter/app.conf.template > /etc/greeter/app.conf
echo "127.0.0.2 greeter.local" >> /etc/hosts
exec python3 /opt/greeter/greeter.py
