"""Platforms that exist in tests only, in the shape of an adapter folder."""
