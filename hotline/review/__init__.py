"""The supervisor's look back: every contact that was, what was written, what failed."""
