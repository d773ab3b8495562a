"""What people and programs read without opening a table: contract, feeds, site, reports."""
