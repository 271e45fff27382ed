"""Known errors put into sound documents, one at a time, to see whether the audit finds them: ``make mutations``."""
