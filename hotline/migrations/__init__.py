"""The database's shape over time: expand, deploy, contract."""
