"""Tags of the documents' templates."""
