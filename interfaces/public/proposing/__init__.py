"""The form on which residents and units propose, on a phone and without an account."""
