"""Who did what and who read what, in a record that shows when it was touched."""
