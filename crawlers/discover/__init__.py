"""Discovery: where articles are found. Pure functions, bytes in and records out; nothing here opens a connection."""
