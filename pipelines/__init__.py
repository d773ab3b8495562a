"""Everything after the archive: WARC files in, tables and feeds out. No module here talks to a site."""
