"""Whether and how the line answers: hours, closing, announcement, blocks, changed by staff."""
