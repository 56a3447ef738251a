"""Who works here: accounts, signing in, sessions."""
