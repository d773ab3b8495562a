"""When something happened, as pages write it."""
