"""The life of one call or chat from one person, whatever the channel."""
