"""What may stand in a source: the RELAX NG of our TEI (`tei.rnc`, `tei.rng`) and the JSON Schemas of records."""
