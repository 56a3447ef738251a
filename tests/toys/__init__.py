"""Channels that are only there to prove that one can be added."""
