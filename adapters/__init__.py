"""One folder a platform, all of the same shape."""
