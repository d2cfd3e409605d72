"""Backups: everything that cannot be computed again, in one zip that is the same for every kind of database."""
