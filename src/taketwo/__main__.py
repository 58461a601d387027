"""`python -m taketwo` is `taketwo`."""

from taketwo.cli import main

main()
