"""Hotline 189: the backend and desk of a national hotline."""
