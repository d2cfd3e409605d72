"""What `piaojue doctor` looks at. A check says what it found and, where something is wrong, what to do."""
