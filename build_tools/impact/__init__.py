"""What a change of the sources touches, told before it is merged: two archives with their links -> an Impact.

Comes in: the sources before and after, both read and linked by the functions that the build uses. Goes out: an Impact, a
frozen value in a decided order, and its printings for a terminal, a pull request, a program and the lines of a proposal
(`printing`, `markdown`). Nothing here reads files or starts git; the door does. Called by `archive impact` (ADR 0024).
"""

from build_tools.impact.comparing import impact_of
from build_tools.impact.values import Impact, Side

__all__ = ["Impact", "Side", "impact_of"]
