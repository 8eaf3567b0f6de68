"""An index on disk: how it changes, all at once or not at all, and how it is read."""
