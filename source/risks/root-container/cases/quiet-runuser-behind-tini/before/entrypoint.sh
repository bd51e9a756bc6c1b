#!/bin/sh
exec runuser -u sexton -- "$@"
