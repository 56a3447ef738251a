"""What an operator records about a contact: a draft from the first second, finished once."""
