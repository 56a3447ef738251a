"""A page in the browser where one can be a caller by hand."""
