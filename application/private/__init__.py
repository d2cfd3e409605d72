"""What may be erased and is never a fact: passwords, sign-ins, slips, private notes."""
