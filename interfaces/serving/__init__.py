"""How an installation runs: its processes, how they start and stop, what they write about themselves."""
