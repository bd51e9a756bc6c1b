#!/bin/sh
exec gosu clerk "$@"
