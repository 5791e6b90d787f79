"""From anywhere to anywhere: every link that the data has stands in the HTML, both ways, and few clicks lead far.

Only what `<main>` holds is walked, as it is without scripts; the shell around it (header, footer) is left out.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

import pytest
from lxml import html

from build_tools.identifiers import PASSAGE_ID, Reference, commitment_anchor, url_of
from build_tools.linking import Links
from build_tools.model import Commitment, Message
from build_tools.output import Page
from build_tools.site import load, plan
from tests.conftest import EXAMPLE
from tests.published import ROOT

BASE = "http://archive.example/"
SHELL = (
    "search/",
    "notebook/",
    "data/",
    "edition/",
    "chronology/",
    "documents/",
    "commitments/",
    "messages/",
    "registers/",
)
"""What every header and footer leads to."""
AGENTS = ("person", "organisation")


@dataclass(frozen=True, slots=True)
class Walked:
    """The pages of a site and where the links of each lead; `passages` are the links of each passage's own block."""

    links: Links
    pages: dict[str, Page]
    hrefs: dict[str, set[str]]
    """Page -> addresses with their fragments; that of a place within a passage stands for the passage as well."""
    passages: dict[str, set[str]]

    def of(self, reference: Reference) -> set[str]:
        """All that the page of a thing leads to, with the pages that go on with its mentions, its lists or its day."""
        base = url_of(reference.whole)
        found = set(self.hrefs[base])
        for url in self.hrefs:
            further = url.removeprefix(base)
            if url.startswith(base) and (
                further.startswith(("mentions/", "related/")) or further.rstrip("/").isdigit()
            ):
                found |= self.hrefs[url]
        return found


@pytest.fixture(scope="module", params=["example", "real"])
def walked(request: pytest.FixtureRequest) -> Walked:
    sources = EXAMPLE if request.param == "example" else ROOT / "sources"
    loaded = load(sources)
    assert loaded.archive is not None
    assert loaded.links is not None
    pages = {page.url: page for page in plan(loaded.archive, loaded.links, sources).pages}
    trees = {url: html.fragment_fromstring(page.html, create_parent="div") for url, page in pages.items()}
    within: dict[str, str] = {}
    for document in loaded.archive.documents:
        url = url_of(document.reference)
        for one in trees[url].xpath(".//*[@id]"):
            around = [above.get("id") for above in one.iterancestors() if PASSAGE_ID.fullmatch(above.get("id") or "")]
            if around:
                within[f"{url}#{one.get('id')}"] = f"{url}#{around[0]}"
    hrefs = {url: _hrefs(tree, url, within) for url, tree in trees.items()}
    passages = {
        f"{url_of(document.reference)}#{one.xpath('./*[@id]/@id')[0]}": _hrefs(one, url_of(document.reference), within)
        for document in loaded.archive.documents
        for one in trees[url_of(document.reference)].xpath(".//div[@class='passage']")
    }
    return Walked(loaded.links, pages, hrefs, passages)


def _hrefs(tree: html.HtmlElement, url: str, within: dict[str, str]) -> set[str]:
    found = {urljoin(BASE + url, str(one)) for one in tree.xpath(".//*[local-name()='a']/@*[local-name()='href']")}
    here = {one.removeprefix(BASE) for one in found if one.startswith(BASE)}
    return here | {within[one] for one in here if one in within}


def _pages(addresses: set[str]) -> set[str]:
    return {urldefrag(one).url for one in addresses}


def test_what_is_referred_to_is_led_to(walked: Walked) -> None:
    """To the very passage, where one is meant."""
    missing = set()
    for target, mentions in walked.links.mentions.items():
        for one in mentions:
            on = walked.of(one.source)
            if one.source.whole != target and url_of(one.target) not in on | _pages(on):
                missing.add((str(one.source), one.role, str(one.target)))
    assert missing == set()


def test_what_is_referred_to_leads_back(walked: Walked) -> None:
    """To the very passage or note, or to the record."""
    missing = set()
    for target, mentions in walked.links.mentions.items():
        back = walked.of(target)
        back |= _pages(back)
        missing |= {
            (str(target), one.role, str(one.source))
            for one in mentions
            if one.source.whole != target and url_of(one.source) not in back
        }
    assert missing == set()


def test_every_pair_is_walked(walked: Walked) -> None:
    """Commitment, message, date, passage, agent: no pair is missing for want of data."""
    pairs = {
        frozenset("agent" if kind in AGENTS else kind for kind in (one.source.kind, target.kind))
        for target, mentions in walked.links.mentions.items()
        for one in mentions
    }
    kinds = ("commitment", "message", "date", "document", "agent")
    wanted = {frozenset((a, b)) for a in kinds for b in kinds if a < b}
    # what touches an agent on a day does so in a commitment, message or event
    assert wanted - pairs <= {frozenset(("agent", "date"))}


def test_commitments_and_what_they_stand_between_lead_to_each_other(walked: Walked) -> None:
    links, missing = walked.links, set()

    def both_ways(one: Reference, other: Reference) -> None:
        for start, end in ((one, other), (other, one)):
            if url_of(end) not in walked.of(start):
                missing.add((str(start), str(end)))

    for reference, value in links.records.items():
        if isinstance(value, Commitment):
            for agents in (links.by, links.toward):
                for agent, commitments in agents.items():
                    if reference in commitments:
                        both_ways(reference, agent)
            for message in value.messages:
                both_ways(reference, Reference("message", message))
            for dependency in value.depends_on:
                both_ways(reference, Reference("commitment", dependency.commitment))
            for index, passage in enumerate(value.passages):
                there = url_of(Reference("document", passage.document))
                if f"{there}#{commitment_anchor(reference.id, index)}" not in walked.of(reference):
                    missing.add((str(reference), f"{passage.document}#{passage.passage}"))
                if url_of(reference) not in walked.passages[f"{there}#{passage.passage}"]:
                    missing.add((f"{passage.document}#{passage.passage}", str(reference)))
        if isinstance(value, Message):
            for relation in value.relations:
                both_ways(reference, Reference("message", relation.message))
            if value.document:
                both_ways(reference, Reference("document", value.document))
    for day, entries in links.days.items():
        for entry in entries:
            both_ways(Reference("date", day), entry.source.whole)
    assert missing == set()


def test_from_a_passage_all_that_a_promise_hangs_on_is_two_clicks_away(walked: Walked) -> None:
    links, missing, looked_at = walked.links, set(), 0
    for document, anchored in links.anchored.items():
        for one in anchored:
            value = links.records.get(one.source)
            if not isinstance(value, Commitment):
                continue
            start = f"{url_of(Reference('document', document))}#{one.passage}"
            near = walked.passages[start]
            far = near.union(*(walked.hrefs[url] for url in _pages(near) if url in walked.hrefs))
            wanted = {url_of(one.source)}
            wanted |= {url_of(Reference("document", each.document, each.passage)) for each in value.passages}
            wanted |= {url_of(Reference("commitment", each.commitment)) for each in value.depends_on}
            wanted |= {url_of(Reference("message", each)) for each in value.messages}
            wanted |= {
                url_of(Reference("date", day))
                for day, entries in links.days.items()
                if any(entry.source == one.source for entry in entries)
            }
            looked_at += len(wanted)
            missing |= {(start, address) for address in wanted - far - _pages(far)}
    assert looked_at > 10
    assert missing == set()


def test_from_home_everything_is_near(walked: Walked) -> None:
    """Commitments, messages and days in three clicks; nothing is out of reach but the addresses of bare numbers."""
    clicks = dict.fromkeys(SHELL, 1) | {"": 0}
    waiting = deque(sorted(clicks, key=lambda url: clicks[url]))
    while waiting:
        url = waiting.popleft()
        for next_one in sorted(_pages(walked.hrefs.get(url, set()))):
            if next_one in walked.pages and next_one not in clicks:
                clicks[next_one] = clicks[url] + 1
                waiting.append(next_one)
    wanted = [
        url_of(reference) for reference in walked.links.targets if reference.kind in {"commitment", "message", "date"}
    ]
    assert len(wanted) > 10
    assert {url for url in wanted if clicks.get(url, 99) > 3} == set()
    numbers = {f"messages/{number}/" for number in walked.links.numbers}
    assert set(walked.pages) - set(clicks) - numbers == set()
    assert max(clicks.values()) <= 4


def test_what_a_page_leads_to_exists(walked: Walked) -> None:
    """Also the places within it."""
    anchors = {
        url: set(html.fragment_fromstring(page.html, create_parent="div").xpath(".//@id"))
        for url, page in walked.pages.items()
    }
    dead = {
        (url, one)
        for url, hrefs in walked.hrefs.items()
        for one in hrefs
        for page, fragment in [tuple(urldefrag(one))]
        if page in walked.pages and fragment and fragment not in anchors[page]
    }
    assert dead == set()
