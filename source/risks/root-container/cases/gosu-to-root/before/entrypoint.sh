#!/bin/sh
exec gosu root "$@"
