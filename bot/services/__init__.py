"""Use cases: async, inside one unit of work."""
