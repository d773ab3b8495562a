"""Which blocks are the body."""
