"""Opening a sealed box on a computer without network or database."""
