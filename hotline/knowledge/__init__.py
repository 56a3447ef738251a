"""Short articles by topic: what is known, from where, and since when."""
