"""Texts by key and parameters, rendered late, in the recipient's language."""
