"""Matrix: direct messages and rooms, end-to-end encrypted, over federation."""
