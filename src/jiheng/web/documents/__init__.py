"""Documents as they come in: uploads, what was read in them, what the audit found, and the pages that show it.

Belongs here: storing files and readings, showing them, handing them out again. Does not: the year's work on projects
(budgeting will build on this app and import documents through it), or anything that the library decides.
"""
