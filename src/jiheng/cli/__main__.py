"""``python -m jiheng.cli``."""

from jiheng.cli import main

main()
