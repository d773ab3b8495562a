"""Reprocessing: pages of the archive read again with today's code and rules, set beside the tables, brought into them."""
