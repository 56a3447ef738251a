"""Who may do what: pure tables and one question."""
