"""Text to vectors, and vectors to their nearest neighbours."""
