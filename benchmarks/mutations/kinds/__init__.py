"""The kinds of errors, by what they change; importing a module declares its kinds."""
