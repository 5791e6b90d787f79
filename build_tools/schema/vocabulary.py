"""The words of our own that the linked data uses, where no common vocabulary has one; their meaning, said once.

A word's IRI is `<base IRI>data/#<word>`, which is also its place on the page `/data/`. `exporting.linked_data` writes with
them, `rendering.data_page` explains them (ADR 0014).
"""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.model import MessageLink, Sense

PAGE = "data/"


@dataclass(frozen=True, slots=True)
class Word:
    """A class or a property: its name, and what it means."""

    name: str
    meaning: str
    like: str = ""
    """The common class or property of which ours is a narrower case, with its prefix."""


CLASSES: tuple[Word, ...] = (
    Word(
        "Commitment",
        "A statement by which a party binds, or declines to bind, itself or another; listed whether or not it was kept.",
        "prov:Entity",
    ),
    Word("FateStep", "What became of a commitment on a date, with the state it was in from then on."),
    Word("Statement", "One thing that is known or disputed, with its sources."),
    Word("Source", "What a statement rests on, how well it is known, and what limits it."),
    Word("Day", "A day that something of the archive touches."),
    Word("DayEntry", "That something touches a day, and how."),
)

PROPERTIES: tuple[Word, ...] = (
    Word("kind", "The kind of a commitment, or of a note."),
    Word("by", "Who made the commitment.", "prov:wasAttributedTo"),
    Word("toward", "To whom it was made."),
    Word("statement", "What was promised, asked or reserved, in our words.", "schema:text"),
    Word("verification", "How it was to be verified."),
    Word("reading", "Whose reading of the texts the record is."),
    Word("known", "What is known of something, one statement after the other."),
    Word("disputed", "What is disputed about a commitment, one side after the other."),
    Word("status", "The state of a commitment; of a record without steps it is open."),
    Word("fate", "The steps of a commitment’s fate, in their order."),
    Word("on", "When the step was, or the day that is touched."),
    Word("carriedBy", "A message that carries the commitment."),
    Word("conditionalOn", "The first commitment holds only if the second is kept."),
    Word("limitedBy", "The second commitment narrows the first."),
    Word("verifiedBy", "The second says how the first is verified."),
    Word("answers", "The first is given in answer to the second; of commitments and of messages."),
    Word("restates", "The first says the second again."),
    Word("replaces", "The first takes the place of the second."),
    Word("amends", "The first message changes the second."),
    Word("transmits", "The first message passes on the second."),
    Word("encloses", "The second came with the first."),
    Word("followsUp", "The first takes up the matter of the second."),
    Word("notToBeConfusedWith", "The two are easily taken for one another.", "owl:differentFrom"),
    Word("role", "How the words of a passage stand to a commitment: they state it, qualify it, and so on."),
    Word("form", "What sort of message it is."),
    Word("holding", "Whether the text is held here, printed elsewhere, calendared or known from a citation."),
    Word("series", "The series that numbers a telegram."),
    Word("number", "Its number in the series."),
    Word("clock", "The time of day, as the clock of a place showed it, with the place."),
    Word("heldAs", "The document that holds the message’s text."),
    Word("source", "A source of a statement."),
    Word("cites", "The document, passage or work that a source is."),
    Word("at", "The place in the work."),
    Word("grade", "How well it is known: A, A-x, B, C or D."),
    Word("remark", "What limits it."),
    Word("digest", "The first 16 digits of SHA-256 over the reading text, white space folded."),
    Word("group", "How a day is touched: written, sent, happened, in force, fate, referred to."),
    Word("entry", "What touches the day, in the order of its page."),
    Word("touchedBy", "What touches the day."),
    Word("certainty", "Probably, about, or probably about; absent if sure."),
    Word("affiliation", "The organisation a person belonged to.", "schema:affiliation"),
)

SENSES: dict[Sense, str] = {
    "condition of": "conditionalOn",
    "limited by": "limitedBy",
    "verified by": "verifiedBy",
    "answers": "answers",
    "restates": "restates",
    "replaces": "replaces",
}
"""The sense of a dependency -> the property that leads from the commitment to what it hangs on."""

MESSAGE_LINKS: dict[MessageLink, str] = {
    "amends": "amends",
    "answers": "answers",
    "transmits": "transmits",
    "encloses": "encloses",
    "follows up": "followsUp",
    "not to be confused with": "notToBeConfusedWith",
}
"""How a message stands to another -> the property that leads to it."""

PREFIXES = {
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
}
"""The common vocabularies, by the prefixes that files and page give them."""
