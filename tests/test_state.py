"""The figures of `/edition/` are counted once more from the files, by other code: expressions over the sources as text."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from build_tools.exporting.state import state_files
from build_tools.linking import link
from build_tools.reading.archive import read_archive
from build_tools.rendering.addressing import looking_out
from build_tools.rendering.edition import edition_page, quotations_page
from build_tools.state import state_of
from tests.rendering.page import parse

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "sources"
Made = tuple[dict[str, tuple[int, int]], dict[str, Any], str]


@pytest.fixture(scope="module")
def made() -> Made:
    """What the page prints (id -> n, of), its twin, and its HTML."""
    archive, _ = read_archive(SOURCES)
    assert archive is not None
    links, _ = link(archive)
    state = state_of(archive, links)
    html = edition_page(looking_out(archive, links), state).html
    rows = parse(html).xpath(".//tr[td/@data-count]")
    printed = {
        row.xpath("td/@data-count")[0]: (int(row.xpath("string(td[1])")), int(row.xpath("string(td[2])")))
        for row in rows
    }
    twin = json.loads(state_files(archive, links, state)[0].content)
    return printed, twin, html


def front_of(path: Path) -> dict[str, object]:
    return dict(yaml.safe_load(path.read_text("utf-8").split("---\n")[1]))


def test_page_and_twin_say_the_same(made: Made) -> None:
    printed, twin, _ = made
    assert {one["id"]: (one["n"], one["of"]) for one in twin["counts"]} == printed
    assert len(printed) > 20


def test_texts(made: Made) -> None:
    printed, _, _ = made
    lines = passages = twice = 0
    for folder in (SOURCES / "documents").iterdir():
        lines += (folder / "transcription.txt").read_text("utf-8").removesuffix("\n").count("\n") + 1
        encoded = (folder / "edition.xml").read_text("utf-8")
        body = encoded[encoded.index("<body") :]
        own = len(re.findall(r'<(?:p|head|item|opener|closer|signed)\b[^>]* xml:id="[a-z]+[0-9]*[a-z]?"', body))
        passages += own
        twice += own if "#second-reading" in encoded else 0
    assert printed["lines-recovered"] == (lines, lines)
    assert printed["passages-read-twice"] == (twice, passages)


def test_dates(made: Made) -> None:
    written = [
        tag
        for path in SOURCES.glob("documents/*/edition.xml")
        for tag in re.findall(r"<date\b[^>]*>", path.read_text("utf-8").partition("<body")[2])
    ]
    days = [tag for tag in written if re.search(r' when="\d{4}-\d\d-\d\d"', tag)]
    assert made[0]["dates-resolved"][1] == len(written)
    assert made[0]["dates-exact"][0] == len(days)


def test_messages(made: Made) -> None:
    holdings = Counter(str(front_of(path)["holding"]) for path in SOURCES.glob("messages/*.md"))
    total = sum(holdings.values())
    printed = {name: count for name, count in made[0].items() if name.startswith("messages-")}
    assert {name: (holdings[name.removeprefix("messages-").replace("-", " ")], total) for name in printed} == printed
    assert len(made[1]["wanted"]) == total - holdings["held"]


def test_grades(made: Made) -> None:
    grades: Counter[str] = Counter()

    def within(value: object) -> None:
        if isinstance(value, dict):
            if "grade" in value:
                grades[value["grade"]] += 1
            for one in value.values():
                within(one)
        elif isinstance(value, list):
            for one in value:
                within(one)

    for path in sorted(SOURCES.rglob("*.md")):
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        within(yaml.safe_load(front))
        grades.update(re.findall(r'\]\([^()\s]+\s+"(A|A-x|B|C|D)"\)', body))
    printed = {name: count for name, count in made[0].items() if name.startswith("grade-")}
    total = sum(grades.values())
    assert {f"grade-{grade.lower()}": (grades[grade], total) for grade in ("A", "A-x", "B", "C", "D")} == printed


def test_identifiers(made: Made) -> None:
    for folder, kind in (
        ("people", "person"),
        ("organisations", "organisation"),
        ("places", "place"),
        ("terms", "term"),
    ):
        fronts = [front_of(path) for path in SOURCES.glob(f"{folder}/*.md")]
        assert made[0][f"identified-{kind}"] == (sum(bool(one.get("identifiers")) for one in fronts), len(fronts))


def test_quotations(made: Made) -> None:
    printed, twin, _ = made
    marked = 0
    for path in SOURCES.glob("documents/*/edition.xml"):
        body = path.read_text("utf-8").partition("<body")[2]
        marked += len(re.findall(r"<quote\b", body)) - len(re.findall(r"<quote\b[^>]* prev=", body))
    assert printed["quotations-documents-verified"][1] == marked
    verdicts = Counter(one["verdict"] for one in twin["quotations"])
    for verdict in verdicts:
        name = verdict.replace(" ", "-")
        assert printed[f"quotations-documents-{name}"][0] + printed[f"quotations-ours-{name}"][0] == verdicts[verdict]
    assert printed["quotations-ours-differs"][0] == 0


def test_digests_are_those_of_the_files(made: Made) -> None:
    digests = made[1]["sources"]
    files = [path for path in SOURCES.rglob("*") if path.is_file()]
    assert digests == {str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_questions_and_wants_are_told(made: Made) -> None:
    page = parse(made[2])
    assert len(page.xpath('.//section[@aria-labelledby="questions"]/ol/li')) == len(made[1]["questions"]) == 6
    (wanted,) = page.xpath('.//section[@aria-labelledby="wanted"]//tbody')
    assert len(wanted.xpath("tr")) == len(made[1]["wanted"])
    assert "Telegram 1159" in wanted.xpath("string()") or "1159" in wanted.xpath("string()")


def test_every_quotation_has_its_row() -> None:
    archive, _ = read_archive(SOURCES)
    assert archive is not None
    links, _ = link(archive)
    rows = parse(quotations_page(looking_out(archive, links)).html).xpath(".//tbody/tr")
    every = links.quotations
    assert len(rows) == sum(len(found) for found in every.standing.values()) + len(every.ours)
