"""Every check of the house; `make test` runs them in order."""
