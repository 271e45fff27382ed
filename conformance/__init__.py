"""A suite that any program can be run against that reads and audits budget-performance documents."""
