"""Layouts: blocks become parts of a document; one file a printed form, or a piece that forms share."""
