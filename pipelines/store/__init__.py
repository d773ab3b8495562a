"""The product: Delta tables, committed once a batch from a journal."""
