"""The telephone company behind one port: calls, messages, rooms, signatures, tokens."""
