"""Which articles say the same: sketches, look-up, copies with their origin, versions, stories."""
