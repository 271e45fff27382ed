"""The command line: ``jiheng read | audit | mend | compare | write | letter | template | fill-in | take-in | rules |
serve``. Data to stdout, talk to stderr.

Belongs here: arguments, messages, statuses. Does not: anything that another program would want to call.
"""

from jiheng.cli.main import main

__all__ = ["main"]
