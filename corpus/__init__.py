"""Articles: read, described, cut into chunks, catalogued."""
