"""What refusals of uploads say, on whatever page."""
