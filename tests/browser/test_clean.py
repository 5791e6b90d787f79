"""Every kind of page: no violation of the policy or of WCAG, in light and dark, wide and narrow."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.group("browser")

KINDS = [
    "",
    "documents/",
    "documents/instruction-1962-11-03/",
    "documents/instruction-1962-11-03/transcription/",
    "documents/instruction-1962-11-03/fidelity/",
    "documents/instruction-1962-11-03/cite/",
    "documents/instruction-1962-11-03/diplomatic/",
    "documents/instruction-1962-11-03/side-by-side/",
    "commitments/",
    "commitments/us-no-invasion-assurance/",
    "commitments/us-no-invasion-assurance/trace/",
    "commitments/as-of/",
    "commitments/as-of/1962-11-20/",
    "commitments/by/us-government/",
    "commitments/parties/",
    "commitments/matrix/",
    "commitments/graph/",
    "messages/",
    "messages/state-usun-1147/",
    "messages/state-usun-1159/",
    "messages/traffic/",
    "chronology/",
    "chronology/months/",
    "chronology/all/",
    "dates/",
    "dates/1962/",
    "dates/1962-11/",
    "dates/1962-10-27/",
    "registers/",
    "registers/a-z/",
    "terms/compare/verification/",
    "people/",
    "people/nikita-khrushchev/",
    "organisations/us-government/",
    "places/cuba/",
    "weapons/il-28/",
    "terms/verification/",
    "events/",
    "works/frus-vi/",
    "works/frus-vi/mentions/2/",
    "search/",
    "concordance/",
    "concordance/v/",
    "concordance/0-9/",
    "concordance/frequency/",
    "verify/",
    "notebook/",
    "data/",
    "dts/",
    "edition/",
    "edition/quotations/",
    "about/",
    "cite/",
    "contribute/",
    "404.html",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", KINDS)
def test_no_violation(browser, address: str, path: str, scheme: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(address + path)
    found = Axe().run(page).response["violations"]
    told = [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]
    context.close()
    assert told == []


@pytest.mark.parametrize("path", [path for path in KINDS if path != "404.html"])  # that one is for the root of a host
def test_no_complaint(page, address: str, path: str) -> None:
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Control+k")
    page.keyboard.type("missile")
    page.wait_for_timeout(400)
