"""The REST face of the carrier: strict about every field, errors as the vendor words them."""
