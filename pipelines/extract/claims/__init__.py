"""What a page says of itself, for programs to read."""
