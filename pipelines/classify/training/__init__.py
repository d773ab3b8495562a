"""Builds topic models; nothing here is needed to classify."""
