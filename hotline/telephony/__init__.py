"""Voice: legs, rooms and what each caller hears now."""
