#!/bin/sh
echo "one step down"
