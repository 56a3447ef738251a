"""Whether and how the line answers: hours, closing, announcement, blocks; staff change it at once."""
