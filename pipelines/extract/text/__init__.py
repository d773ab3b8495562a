"""Plain text without markup to an article and its teasers."""
