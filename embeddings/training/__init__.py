"""How the bundled model was made: `python -m embeddings.training`."""
