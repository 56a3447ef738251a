"""Days of the hotline in virtual time: the real queue and its database, people who are made up."""
