"""Politeness: what a publisher asks of crawlers, and how it is kept."""
