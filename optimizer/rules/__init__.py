"""The model side of the twelve rule families, one module each."""
