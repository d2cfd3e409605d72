"""What became of a proposal, for whoever has its code."""
