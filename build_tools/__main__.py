"""`python -m build_tools` is the `archive` command."""

from build_tools.cli import main

main()
