"""The frame of the desk: static files, the shell page, the live socket."""
