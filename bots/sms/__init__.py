"""Short messages through the carrier."""
