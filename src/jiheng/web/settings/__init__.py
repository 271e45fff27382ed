"""Settings by subject: ``base`` serves, ``test`` tests; the others hold what ``base`` puts together."""
