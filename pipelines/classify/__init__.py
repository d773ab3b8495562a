"""Says what an article is about: its language, topics, names and summary."""
