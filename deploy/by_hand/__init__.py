"""The installation of docker-compose.yml, run by hand: its commands, settings and order, without Docker."""
