"""Which role each block of a page plays."""
