"""Plumbing shared by all rooms; it knows no feature."""
