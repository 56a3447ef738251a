"""Recordings of talks: after the notice, paused at a press, sealed, and in time destroyed."""
