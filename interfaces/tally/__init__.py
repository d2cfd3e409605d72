"""`piaojue tally`: recounts from files alone, without database or server."""
