"""Reads ballot papers from scans and photos (the optional extra `omr`). Nothing is counted by machine alone."""
