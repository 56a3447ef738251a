"""Who works when, and how many should: planned shifts, absences, swaps, and the forecast."""
