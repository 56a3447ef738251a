"""Everything that speaks a messaging vendor's dialect; one folder per channel."""
