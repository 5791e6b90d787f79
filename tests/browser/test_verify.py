"""Checking a citation, a link or a quotation: the rule in the browser is that of the engine, and every answer is plain."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace

import pytest

from build_tools.identifiers import Reference
from build_tools.model import Document
from build_tools.quotations.comparing import Sources
from build_tools.quotations.values import Quotation
from build_tools.reading.archive import read_archive
from tests.browser.test_tasks import Reader
from tests.published import ROOT

pytestmark = pytest.mark.group("browser")

DOCUMENT = "documents/instruction-1962-11-03/"
PROMISE = "to give assurances against an invasion of Cuba"
TITLE = "Instruction from the President to All Concerned with Present Negotiations in Cuba"
CASES = 420
CANARY = '<img src=x onerror="document.title=`run`"> and “<b onclick=alert(1)>bold words here</b>”'
JUDGED = """async ([module, documents, cases]) => {
  const { Searched, compare, fold } = await import(module);
  const searched = Object.fromEntries(documents.map(([id, passages]) => [id, new Searched(passages)]));
  return cases.map(([id, words]) => {
    const one = compare(words, searched[id]);
    const held = searched[id].passages;
    const stretch = (span) => searched[id].partsOf(span).map((part) => part.text.slice(part.start, part.end)).join(' ');
    const parts = (one.spans ?? []).map(stretch);
    return {
      verdict: one.verdict,
      place: one.place >= 0 ? held[one.place].id : '',
      steps: one.steps ?? [],
      omissions: one.omissions ?? [],
      missing: one.missing ?? '',
      same: parts.every((part) => fold(searched[id].text).text.includes(fold(part).text)),
    };
  });
}"""


# --- the rule -----------------------------------------------------------------------------------------------------------


def documents_to_quote() -> list[Document]:
    """Those of the archive, and one of letters that can be written in several ways."""
    archive, _ = read_archive(ROOT / "sources")
    assert archive is not None
    first = archive.documents[0]
    strange = (
        "“Señor  Núñez”\u00a0wrote:\tthe cafe\u0301 at A\u030angström’s Straße was closed, naı\u0308ve as e\u0301lite may be …",
        "שלום לכולם, this is the \U0001d400\U0001d401 plan; the plan is the plan; and the planned plan planet.",
        "[sic] He said ‘no [further] comment’ and ... went; un_der_score 1st 2nd Ⅷ ½ İstanbul ςΣσ ﬁnal 각 각.",
        "the the the the of of of to to an an in in the of to",
    )
    texts = tuple(replace(one, text=text) for one, text in zip(first.passages, strange, strict=False))
    return [*archive.documents, replace(first, id="strange", passages=texts)]


def quoted(document: Document, chance: random.Random) -> str:
    """A stretch of the document, spoiled in up to three ways."""
    at = chance.randrange(len(document.passages))
    words = " ".join(one.text for one in document.passages[at : at + chance.choice((1, 1, 2, 3, 5))]).split(" ")
    start = chance.randrange(len(words))
    if chance.random() < 0.3:  # left out as a scholar does it, and nothing else
        pieces = [" ".join(words[start + gap : start + gap + chance.randrange(2, 6)]) for gap in (0, 7, 14)]
        return chance.choice((" ... ", " … ", " [...] ", ". . . ")).join(filter(None, pieces))
    words = words[start : start + chance.choice((2, 3, 5, 8, 13, 30, 150))]
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        spoil(words, chance)
    text = " ".join(words)
    return chance.choice(
        (text, text, text, text.upper(), f" {text},", text[1:], f"{text[:-1]}", f"“{text}”", text.swapcase())
    )


def spoil(words: list[str], chance: random.Random) -> None:
    place = chance.randrange(len(words)) if words else 0
    way = chance.randrange(13)
    if way == 0 and len(words) > 1:
        del words[place]
    elif way == 1 and len(words) > 1:
        words[place], words[place - 1] = words[place - 1], words[place]
    elif way == 2:
        words.insert(place, chance.choice(("…", "...", ". . .", "[...]", "[…]", "....", "[sic]", "[the USSR]")))
    elif way == 3:
        del words[place : place + chance.randrange(1, 6)]
        words.insert(place, chance.choice(("…", "...", "[...]")))
    elif way == 4 and words:
        words[place] = f"[{words[place][:1]}]{words[place][1:]}"
    elif way == 5 and words:
        words[place] = words[place].replace("'", "’").replace('"', "”")
    elif way == 6 and words:
        words[place] = words[place].swapcase()
    elif way == 7:
        words.insert(place, chance.choice(("\u00a0", "\n", "\t ", "never", "Khrushchev", "zzyzx", "(", "—")))
    elif way == 8 and words:
        words[place] = words[place][: len(words[place]) // 2] + "q" + words[place][len(words[place]) // 2 :]
    elif way == 9 and words:
        words[:] = [one.strip(".,;:") for one in words]
    elif way == 10 and words:
        words[:] = [chance.choice((one, "lorem", "ipsum")) for one in words]
    elif way == 11 and words:
        words[place] = words[place].replace("e\u0301", "é").replace("é", "e\u0301")
    elif way == 12 and len(words) > 1:
        words.append(words.pop(0))


def judged(sources: Sources, document: str, words: str) -> dict[str, object]:
    asked = Quotation(Reference("term", "none"), words, Reference("document", document), "cannot be checked")
    found = sources.compare(asked)
    return {
        "verdict": found.verdict,
        "place": found.place.fragment if found.place else "",
        "steps": [list(step) for step in found.comparison],
        "omissions": [one.removesuffix(" …")[:200] for one in found.omissions],
        "missing": found.missing,
        "same": True,
    }


def test_the_rule_in_the_browser_is_that_of_the_engine(page, address: str) -> None:
    chance = random.Random(1962)
    documents = documents_to_quote()
    archive, _ = read_archive(ROOT / "sources")
    assert archive is not None
    sources = Sources(replace(archive, documents=tuple(documents)))
    cases = [(one.id, quoted(one, chance)) for one in chance.choices(documents, weights=(3, 2, 2), k=CASES)]
    cases += [
        (one.id, words) for one in documents for words in ("", " \n", "…", "[...]", "!?", "the", "a … b", "'", "\ufeff")
    ]
    held = [[one.id, [{"id": part.id, "text": part.text} for part in one.passages]] for one in documents]
    page.goto(address + "verify/")
    answers = page.evaluate(JUDGED, [f"{address}assets/matching.js", held, cases])
    wrong = []
    for (document, words), answer in zip(cases, answers, strict=True):
        answer["omissions"] = [one[:200] for one in answer["omissions"]]
        expected = judged(sources, document, words)
        if answer != expected:
            wrong.append((document, words, answer, expected))
    assert not wrong, (len(wrong), wrong[0])
    verdicts = [answer["verdict"] for answer in answers]
    places = {answer["place"] for answer in answers if answer["verdict"] == "differs"}
    assert min(verdicts.count(one) for one in ("verified", "verified but for what was left out", "differs")) > 25
    assert "" in places
    assert len(places) > 12


# --- the page -----------------------------------------------------------------------------------------------------------


def ask(page, text: str) -> str:
    """What is answered to a text that is pasted."""
    page.locator("#pasted").fill(text)
    page.locator("#verify-result").evaluate("box => box.replaceChildren()")
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator("#verify-result h2").wait_for()
    return re.sub(r"\s+", " ", page.locator("#verify-result").inner_text())


@pytest.fixture
def verifying(page, address: str):
    page.goto(address + "verify/")
    page.wait_for_load_state("networkidle")
    return page


@pytest.fixture
def anywhere(context, address: str):
    """The page where requests may fail, as those for documents that are not here."""
    opened = context.new_page()
    opened.goto(address + "verify/")
    return opened


def permalink(page, address: str, passage: str = "p7") -> str:
    """What the sheet gives for a passage."""
    data = page.evaluate("path => fetch(path).then(answer => answer.json())", f"{address}{DOCUMENT}cite/forms.json")
    digest = next(one["digest"] for one in data["passages"] if one["id"] == passage)
    return f"{data['address']}?v={data['edition']}-{digest[:8]}#{passage}"


def test_student_6_checks_a_quotation_before_handing_in(page, address: str) -> None:
    """From the home page: the link, the words, Enter."""
    reader = Reader(page, address).at("")
    reader.click(page.locator("footer").get_by_role("link", name="Check a quotation"))
    page.locator("#pasted").wait_for()  # it is shown when the script is there
    page.locator("#pasted").focus()
    reader.types(PROMISE)
    reader.press("Enter")
    page.locator("#verify-result .answer").wait_for()
    reader.sees("Verified: Instruction of 3 November 1962, passage 7", "#verify-result")
    reader.sees("Cut from its terms", "#verify-result")
    assert reader.actions == 3
    assert page.evaluate("document.activeElement.tagName + document.activeElement.textContent") == "H2Checked: verified"
    page.get_by_role("link", name="Cite this passage").click()
    assert page.url == f"{address}{DOCUMENT}cite/#p7"


def test_a_footnote_is_checked_with_its_link_and_its_quotations(verifying, address: str) -> None:
    link = permalink(verifying, address)
    note = f"John F. Kennedy, “{TITLE},” November 3, 1962, para. 7, {link}."
    note += f" He was ready “{PROMISE},” but “under UN verification.”"
    told = ask(verifying, note)
    assert told.startswith("Checked: 1 × unchanged, 2 × verified")
    assert "Unchanged: Instruction of 3 November 1962, passage 7" in told
    assert "Not where the link leads. It leads to passage 7; the words stand in passage 4." in told
    assert "Not the source’s words" in told
    assert "A title" not in told


def test_each_note_of_the_sheet_is_understood(verifying, address: str) -> None:
    verifying.goto(address + DOCUMENT + "cite/#p7")
    notes = [one for one in verifying.locator("#p7 .forms dd").all_inner_texts() if "documents/" in one]
    assert notes
    verifying.goto(address + "verify/")
    for note in notes:
        assert ask(verifying, note).startswith("Checked: unchanged Unchanged:"), note


def test_a_quotation_that_differs_is_compared_word_by_word(verifying) -> None:
    told = ask(verifying, "“to give guarantees against an invasion of Cuba”")
    assert "Differs: from Instruction of 3 November 1962, passage 7" in told
    assert "assurances [only in the document]" in told
    assert "guarantees [only in yours]" in told
    assert verifying.locator(".answer ins").first.inner_text().startswith("guarantees")
    assert verifying.locator(".answer del").first.inner_text().startswith("assurances")


def test_what_was_left_out_is_shown_and_the_fuller_quotation_offered(verifying) -> None:
    told = ask(verifying, "to give assurances ... invasion of Cuba")
    assert "Verified but for what was left out" in told
    assert "Left out: against an" in told
    assert "also stand in Letter of 27 October 1962, passage 6" in told
    verifying.get_by_text("Quote more fully: passages 7–12").click()
    assert "If in fact the Soviet Government" in verifying.locator(".provisos blockquote").first.inner_text()


def test_words_of_the_editors_are_told_as_such(anywhere) -> None:
    def answer(route) -> None:
        body = route.fetch().text()
        put = '<span class="ed supplied" title="supplied by the editors">It is time</span>'
        route.fulfill(body=body.replace("It is time", put), content_type="text/html")

    anywhere.route(f"**/{DOCUMENT}", answer)
    told = ask(anywhere, "It is time for a review")
    assert "The editors’ reading, not the paper’s: “It is time” (supplied by the editors)." in told


def test_what_is_not_here_is_not_called_false(verifying) -> None:
    told = ask(verifying, "Ask not what your country can do for you")
    assert "Not here" in told
    assert "in the 2 documents held here. That says nothing of other documents" in told
    assert "false" not in told.lower()


def test_a_document_can_be_chosen_and_words_of_another_are_found_all_the_same(verifying) -> None:
    verifying.locator("#verify-document").select_option("letter-1962-10-27")
    told = ask(verifying, "It is time for a review")
    assert "Verified: Instruction of 3 November 1962" in told
    assert "Not in the document that was named" in told
    assert ask(verifying, PROMISE).count("Letter of 27 October 1962, passage 6") >= 1


def test_a_longer_text_has_each_of_its_quotations_checked(verifying) -> None:
    told = ask(
        verifying,
        f'In my view, Kennedy, who offered "{PROMISE}", later spoke of “an absolute pledge of peace”, which was new.',
    )
    assert "1 × verified" in told
    assert verifying.locator(".answer").count() == 2


# --- links --------------------------------------------------------------------------------------------------------------


def with_past(page, past: dict[str, list[dict[str, object]]]) -> None:
    def answer(route) -> None:
        data = route.fetch().json()
        route.fulfill(body=json.dumps({**data, "past": past}), content_type="application/json")

    page.route("**/forms.json", answer)


def entry(edition: str, digest: str, fate: str, reason: str = "", **more: object) -> dict[str, object]:
    return {"edition": edition, "digest": digest * 16, "fate": fate, "reason": reason, "now": [], **more}


def test_a_changed_passage_says_how_why_and_when(anywhere, address: str) -> None:
    difference = [["same", "to give"], ["gone", "guarantees"], ["new", "assurances"], ["same", "against"]]
    past = [
        entry("1", "a", "current", words="to give guarantees against", difference=difference),
        entry("2", "b", "revised", "A line was misread"),
        entry("3", "c", "revised", "A word"),
    ]
    with_past(anywhere, {"p7": past})
    told = ask(anywhere, f"See {address}{DOCUMENT}?v=1-aaaaaaaa#p7.")
    assert "Changed: Instruction of 3 November 1962, passage 7" in told
    assert "Passage 7 was revised in edition 2: A line was misread. Passage 7 was revised in edition 3: A word." in told
    assert "to give guarantees [gone] assurances [new] against" in told
    told = ask(anywhere, f"{DOCUMENT}?v=2-bbbbbbbb#p7")
    assert "misread" not in told, "that was before"
    assert "only the digest of the older words is kept" in told


def test_a_passage_that_moved_and_one_that_was_withdrawn(anywhere, address: str) -> None:
    moved = entry("2", "a", "merged", "It was one sentence", now=[{"words": "passage 8", "href": "#p8"}])
    gone = entry("2", "b", "withdrawn", "It was no part of the text")
    with_past(anywhere, {"p17": [entry("1", "a", "current"), moved], "p18": [entry("1", "b", "current"), gone]})
    told = ask(anywhere, f"{address}{DOCUMENT}?v=1-aaaaaaaa#p17")
    assert "Moved: passage 17" in told
    assert "In its place stands passage 8." in told
    assert (
        anywhere.get_by_role("link", name="passage 8", exact=True).evaluate("a => a.href") == f"{address}{DOCUMENT}#p8"
    )
    assert "Withdrawn: passage 18" in ask(anywhere, f"{address}{DOCUMENT}#p18")


@pytest.mark.parametrize(
    ("pasted", "told"),
    [
        ("ROOT/documents/instruction-1962-11-04/#p1", "There is no document “instruction-1962-11-04” in this archive"),
        ("ROOT/documents/instruction-1962-11-04/#p1", "Nearest to it: Instruction of 3 November 1962"),
        (f"ROOT/{DOCUMENT}#p99", "Not here: passage 99"),
        (f"ROOT/{DOCUMENT}#p99", "The nearest passage is Instruction of 3 November 1962, passage 14"),
        (f"ROOT/{DOCUMENT}?v=zzz#p7", "cannot be read"),
        (f"ROOT/{DOCUMENT}?v=%E0%A4%A#p7", "Here: Instruction"),
        (f"ROOT/{DOCUMENT}#%E0%A4%A", "Not here"),
        (f"ROOT/{DOCUMENT}?v=1-00000000#p7", "Other words"),
        (f"ROOT/{DOCUMENT}?v=1-00000000-p99#p7", "Not here: passage 99"),
        (f"ROOT/{DOCUMENT}", "names no passage"),
        (f"ROOT/{DOCUMENT}#p7", "names no edition"),
        (f"ROOT/{DOCUMENT}#p7:~:text=a%20guarantee%20of%20peace", "The words that the link marks do not stand there"),
        (
            f"ROOT/{DOCUMENT}#p7:~:text=give%20assurances,invasion%20of%20Cuba",
            "The words that the link marks stand there",
        ),
        (f"cuba-negotiations.example/{DOCUMENT}#p7", "Here: Instruction"),
        ("ROOT/commitments/", "Here: Commitments"),
        ("ROOT/no/such/page/", "There is no such page in this archive"),
        ("https://example.org/documents/instruction-1962-11-03/#p7", "Another site"),
        ("http://[", "Another site"),
        (
            f"ROOT/{DOCUMENT}#p7 and ROOT/documents/letter-1962-10-27/#p1 and https://example.org/",
            "2 × here, 1 × another site",
        ),
        ("", "Nothing to check"),
        (" \n\t ", "Nothing to check"),
        ("…!?—", "Nothing to check"),
        ("the", "Too short to be checked"),
        ("“Cuba”", "Too short to be checked"),
        ("give … Cuba and more", "fewer than 2 words or 8 letters"),
        ("مرحبا بالعالم هذا اقتباس طويل", "Not here"),
        (TITLE, "A title: Instruction of 3 November 1962"),
    ],
)
def test_whatever_is_pasted_has_a_plain_answer(anywhere, address: str, pasted: str, told: str) -> None:
    assert told in ask(anywhere, pasted.replace("ROOT/", address))


@pytest.mark.parametrize("sign", ["a", "[", '"', "“", "documents/x/ ", "a.", ". . . ", "to give assurances ... "])
def test_twenty_thousand_characters_are_answered(anywhere, sign: str) -> None:
    ask(anywhere, f"two words {sign * 20_001}"[:20_001])
    assert "Only the first 20,000 characters" in anywhere.locator("#verify-result").inner_text()


# --- what it must not do ------------------------------------------------------------------------------------------------


def test_hostile_words_stay_text_and_leave_the_machine_nowhere(context, address: str) -> None:
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url + (request.post_data or "")))
    page.goto(address + "verify/")
    told = ask(page, f"{CANARY} {address}{DOCUMENT}?v=1-00000000#p7:~:text=%3Cimg%20src%3Dx%3E javascript:alert(1)")
    assert "<b onclick=alert(1)>bold words here</b>" in told
    assert page.locator("#verify-result img, #verify-result b[onclick]").count() == 0
    assert page.locator('#verify-result a[href^="javascript"]').count() == 0
    assert page.title() != "run"
    assert not [one for one in requests if not one.startswith(address) or "onerror" in one or "bold" in one]


def test_an_address_is_checked_at_once_and_kept_behind_the_sign(verifying, address: str) -> None:
    ask(verifying, f"{PROMISE} & more + 100 %")
    kept = verifying.url
    assert "?" not in kept
    assert kept.startswith(f"{address}verify/#q=to%20give%20assurances")
    verifying.goto("about:blank")
    verifying.goto(kept)
    verifying.locator("#verify-result .answer").wait_for()
    assert verifying.locator("#pasted").input_value() == f"{PROMISE} & more + 100 %"
    verifying.evaluate("location.hash = '#q=under UN verification'")
    verifying.get_by_text("Verified: Instruction").wait_for()


def test_without_the_index_a_document_can_still_be_named(context, address: str) -> None:
    page = context.new_page()
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(address + "verify/")
    assert "The search index could not be loaded" in ask(page, PROMISE)
    page.locator("#verify-document").select_option("instruction-1962-11-03")
    assert "Verified: Instruction of 3 November 1962, passage 7" in ask(page, PROMISE)


def test_without_a_connection_it_says_so(context, address: str) -> None:
    page = context.new_page()
    page.goto(address + "verify/")
    page.route("**/documents/**", lambda route: route.abort())
    assert "could not be loaded" in ask(page, f"{address}{DOCUMENT}#p7")
    assert page.locator("#pasted").input_value()


def test_without_scripts_it_says_how_to_check_by_hand(browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "verify/")
    assert not page.locator("form.verify").is_visible()
    assert page.locator("main :is(button, textarea, select, input):visible").count() == 0
    assert "By hand" in page.locator("main").inner_text()
    assert page.locator('main a[href="../edition/quotations/"]').count() == 1
    context.close()


@pytest.mark.parametrize("path", ["cite/", "edition/quotations/", "search/", DOCUMENT])
def test_it_is_reached_from_where_it_is_wanted(page, address: str, path: str) -> None:
    page.goto(address + path)
    page.locator('main a[href$="verify/"]').first.click()
    assert page.url == address + "verify/"


def test_the_dialogue_of_citing_leads_to_it(page, address: str) -> None:
    page.goto(address + DOCUMENT)
    page.locator("#p7 .cite-this").click()
    page.locator(".cite-dialogue").get_by_role("link", name="Check a quotation").click()
    assert page.url == address + "verify/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_answers_are_for_everyone(browser, address: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(color_scheme=scheme, viewport={"width": 390, "height": 844}, bypass_csp=True)
    page = context.new_page()
    page.goto(address + "verify/")
    ask(
        page,
        f"{address}{DOCUMENT}?v=1-00000000#p7 “{PROMISE}” “{PROMISE.replace('assur', 'guarant')}” “no such words at all”",
    )
    assert page.locator(".answer").count() == 4
    found = Axe().run(page).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
