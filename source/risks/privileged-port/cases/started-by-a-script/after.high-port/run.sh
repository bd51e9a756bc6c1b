#!/bin/sh
docker build -t own-front . && docker run -d --name own-front -p 18083:8080 -p 9000:9000 own-front
docker run -d --name other -p 18084:80 nginx:1.27
