"""Official letters: what the bureau sends to a department, laid out as GB/T 9704-2012 (letters, 7.3) has it.

Belongs here: one letter a file, and the frame that all share. Does not: forms and tables that departments hand in.
"""
