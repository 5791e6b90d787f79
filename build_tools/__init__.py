"""The engine of the archive: reads `sources/`, links and checks what it read, and renders a static site.

The storeys, lowest first, are listed in `pyproject.toml` under `[tool.importlinter]` and explained in
`docs/decisions/0001-ten-storeys.md`. To see the whole build at once, read `site.py`.
"""
