"""Bytes of a page to a tree."""
