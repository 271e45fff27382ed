"""What a Word file holds beside its body: numbering, styles, notes, symbols, pictures."""
