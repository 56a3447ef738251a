"""A Bot API server with people on the other side."""
