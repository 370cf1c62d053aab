"""Large-neighbourhood search: what is set free, how large, and how it is decided anew."""
