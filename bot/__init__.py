"""Koffie: introduces officials across the layers of Dutch government to each other."""
