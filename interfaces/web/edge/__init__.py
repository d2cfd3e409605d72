"""What lies around the whole site: who comes in when many want to, and what is counted and logged of them."""
