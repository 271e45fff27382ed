"""How exactly documents with known content are read, by layout and format."""
