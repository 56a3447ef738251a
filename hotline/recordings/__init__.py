"""Recordings of talks: only after the notice, paused and ended at a press, sealed, then destroyed."""
