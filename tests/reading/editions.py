"""A TEI edition around the words that a test is about; the first line of its body is line 10."""

from __future__ import annotations

HEADER = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>
<fileDesc><titleStmt><title>Receipt</title></titleStmt>
<publicationStmt><publisher>The Society</publisher><availability><p>Free.</p></availability></publicationStmt>
<sourceDesc><p>One leaf.</p></sourceDesc></fileDesc>
<encodingDesc><listPrefixDef><prefixDef ident="person" matchPattern="(.+)" replacementPattern="$1"/></listPrefixDef>
</encodingDesc>
<profileDesc><creation><date when="1931-04-06"/></creation></profileDesc>
<revisionDesc status="draft"><change when="2001-01-31" who="Ada">Begun.</change></revisionDesc>
</teiHeader><text><body>
"""
FOOTER = "</body></text></TEI>\n"


def edition(body: str) -> str:
    return HEADER + body + "\n" + FOOTER


def paragraph(words: str) -> str:
    return edition(f'<p xml:id="p1"><lb n="1"/>{words}</p>')
