"""An optional summary by a language model, held against the quotes."""
