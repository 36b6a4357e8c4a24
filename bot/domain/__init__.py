"""Rules, states, errors and ids: pure and sync."""
