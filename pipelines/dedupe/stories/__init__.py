"""Articles about one event, found online in a sliding window, within a language."""
