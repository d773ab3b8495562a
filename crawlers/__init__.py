"""The only code that talks to sites: discovers, fetches politely, and writes WARC files."""
