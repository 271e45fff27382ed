"""The rules, one file a family; a rule is a small function that says in its name what must hold."""
