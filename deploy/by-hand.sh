#!/bin/sh
# Runs the services of docker-compose.yml on this computer without Docker, looks at them from outside, and stops them.
# Needs nginx (apt-get install -y nginx-light); a PostgreSQL comes with the packages of the tests if there is none.
#
#   deploy/by-hand.sh            what it does and finds, line by line; exits with 1 on any fault
#   deploy/by-hand.sh --quick    without stopping the web processes in between
#   deploy/by-hand.sh --stay     leaves it running until Ctrl-C
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
"$root/run" install test
cd "$root"
exec "$root/.venv/bin/python" -m deploy.by_hand "$@"
