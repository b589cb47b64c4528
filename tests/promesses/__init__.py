"""What becomes of a gesture whose answer fails: every kind of request, under every kind of fault, in a browser."""
