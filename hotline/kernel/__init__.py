"""Words of the house that need no I/O."""
