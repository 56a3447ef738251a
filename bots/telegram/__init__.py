"""Telegram: the Bot API on one side, the words of chat on the other."""
