"""What an article is about: topics, language, names and figures, summary."""
