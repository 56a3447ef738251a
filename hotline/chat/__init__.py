"""Text conversations, whatever the messenger: every message is kept, ordered and accounted for."""
