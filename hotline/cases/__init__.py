"""Matters that outlive a contact: an escalation has an owner, a deadline and a next person."""
