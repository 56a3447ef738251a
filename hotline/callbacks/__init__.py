"""Calling people back, when they asked for it."""
