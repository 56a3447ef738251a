"""A messenger that carries letters by pigeon."""
