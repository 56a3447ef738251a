"""Who takes a contact, and when: the queue, offers and presence of operators."""
