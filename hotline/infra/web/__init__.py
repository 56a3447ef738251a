"""The web side of the plumbing: routes that need a permission, and everything around them."""
