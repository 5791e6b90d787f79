"""Asks of the linked archive what no single file can answer, and changes nothing: (archive, links) -> problems.

`CHECKS` is all there is: plain functions, a module for each subject; whoever adds a check adds it there, its code to
`docs/contribute/problems.md` and an example to `tests/problems/`. The finished site is checked by `published`, which
`publishing` calls. Called by `site`.
"""

from __future__ import annotations

from collections.abc import Callable

from build_tools.checking.commitments import check_conditions, check_dependencies, check_fates, check_parties
from build_tools.checking.dates import check_dates
from build_tools.checking.documents import check_transcriptions
from build_tools.checking.identity import check_addresses, check_numbers
from build_tools.checking.ledger import check_ledger
from build_tools.checking.messages import check_series
from build_tools.checking.quotations import check_quotations
from build_tools.checking.sources import check_bodies, check_inferences, check_statements
from build_tools.checking.waivers import after_waivers
from build_tools.linking import Links
from build_tools.model import Archive
from build_tools.problem import Problem, sorted_problems

Check = Callable[[Archive, Links], tuple[Problem, ...]]

CHECKS: tuple[Check, ...] = (
    check_transcriptions,
    check_dates,
    check_addresses,
    check_numbers,
    check_series,
    check_parties,
    check_dependencies,
    check_conditions,
    check_fates,
    check_statements,
    check_inferences,
    check_bodies,
    check_quotations,
    check_ledger,
)


def check(archive: Archive, links: Links) -> tuple[Problem, ...]:
    """What every check found and no waiver covers, in the order of places."""
    found = sorted_problems(problem for one in CHECKS for problem in one(archive, links))
    return sorted_problems(after_waivers(found, archive))
