"""Which rule families cannot be kept together, and proofs that they cannot."""
