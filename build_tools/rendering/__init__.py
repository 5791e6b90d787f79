"""From the linked archive to finished pages: text nodes, records, lists and pictures as HTML."""
