"""Blocks to Markdown and to plain text."""
