"""A tree to blocks of text, and where they stand."""
