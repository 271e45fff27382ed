"""Pages on which text and lines stand at coordinates: what PDF files and scans have in common."""
