"""Questions to answers: retrieval, quotes, confidence."""
