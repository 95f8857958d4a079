"""`python -m newscrawl`: the command, where its script is not on the path."""

from newscrawl.cli import main

main()
