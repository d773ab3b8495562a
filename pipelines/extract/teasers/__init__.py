"""The teasers of a page."""
