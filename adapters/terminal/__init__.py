"""A chat in the terminal, on invented officials: to try everything without any platform."""
