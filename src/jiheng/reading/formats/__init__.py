"""Formats: the bytes of a file become blocks; one file a format."""
