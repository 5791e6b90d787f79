"""How a document or a passage is cited: a module for each style and for each format of reference managers.

Comes in: a `CitableItem` (see `item`) and, for a passage, a `Locator`. Goes out: runs of text (`runs`), or a whole file as
text. Titles, names and dates are those of the document's header; an address names nothing. What a style asks for, and
where we deviate from other engines, is written down in `tests/citations` and ADR 0013. Called by `rendering` and `exporting`.
"""
