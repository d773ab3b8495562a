"""The body by other means, where the blocks hold next to none."""
