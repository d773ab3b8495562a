"""What the head of an article says of it."""
