"""Whether what was quoted is there."""
