"""Broken and hostile files, made without end from good ones: ``python -m fuzz``. Only a ``JihengError`` may come out.

Belongs here: good files of every format, ways to break them, and the loop. Does not: cases that were found; they
become tests beside the reader that they broke.
"""
