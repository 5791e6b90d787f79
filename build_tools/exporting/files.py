"""Every file of `/data/`, one standard after the other. Called by `site`; the page that lists them is `rendering.data_page`."""

from __future__ import annotations

from build_tools.exporting.cmif import cmif_files
from build_tools.exporting.linked_data import linked_data_file
from build_tools.exporting.schemas import schema_files
from build_tools.exporting.tables import table_files
from build_tools.linking import Links
from build_tools.model import Archive
from build_tools.output import OutputFile


def data_files(archive: Archive, links: Links) -> tuple[OutputFile, ...]:
    """Tables, linked data, correspondence, schemas: all that `/data/` offers."""
    return (
        *table_files(archive, links),
        linked_data_file(archive, links),
        *cmif_files(archive, links),
        *schema_files(archive),
    )
