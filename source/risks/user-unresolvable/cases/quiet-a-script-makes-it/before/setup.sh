#!/bin/sh
adduser --system app
