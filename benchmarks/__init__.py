"""What is promised about speed and memory, measured against peers in the same run: ``make bench``."""
