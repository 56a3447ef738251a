"""Whether and how the line answers: hours, closing, announcements; staff change it at once."""
