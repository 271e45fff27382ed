"""Pages that are pictures: made straight, their ruled lines and text found, every text with how sure it is."""
