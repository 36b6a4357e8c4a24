"""Koffie: introduces officials across the layers of Dutch government to each other."""

__version__ = "0.1.0"
