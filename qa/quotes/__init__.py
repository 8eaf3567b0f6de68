"""Which words of them to quote, once each, and whether to answer at all."""
