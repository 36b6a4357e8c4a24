"""A throwaway platform unlike a terminal: buttons, forms in a window, edits, suggestions, rooms and limits.

It keeps the port honest, and its server is the oracle of the kill loop.
"""
