"""Every file for machines, one standard after the other. Called by `site`; the page about them is `rendering.data_page`."""

from __future__ import annotations

from build_tools.exporting.annotations import annotation_files
from build_tools.exporting.cmif import cmif_files
from build_tools.exporting.dts import dts_files
from build_tools.exporting.linked_data import linked_data_file
from build_tools.exporting.schemas import schema_files
from build_tools.exporting.tables import table_files
from build_tools.linking import Links
from build_tools.model import Archive
from build_tools.output import OutputFile


def data_files(archive: Archive, links: Links) -> tuple[OutputFile, ...]:
    """Tables, linked data, correspondence, schemas, annotations, text services: all that `/data/` tells of."""
    return (
        *table_files(archive, links),
        linked_data_file(archive, links),
        *cmif_files(archive, links),
        *schema_files(archive),
        *annotation_files(archive, links),
        *dts_files(archive),
    )
