"""Packs: what people take into a room about an account or the programme, as PPTX, XLSX and HTML.

account_pack, customer_pack, programme_pack and annual_pack gather a document (kam.packs.document) from the readings; pack_file writes it.
"""

from kam.packs.annual import annual_pack
from kam.packs.customer import customer_pack
from kam.packs.document import Pack, Section, Table
from kam.packs.files import FORMATS, all_packs, file_name, pack_file, write_zip
from kam.packs.gathering import account_pack
from kam.packs.programme import Standing, finding, programme_pack, programme_review
from kam.packs.templates import Template, adopt_template, template_in_force

__all__ = [
    "FORMATS",
    "Pack",
    "Section",
    "Standing",
    "Table",
    "Template",
    "account_pack",
    "adopt_template",
    "all_packs",
    "annual_pack",
    "customer_pack",
    "file_name",
    "finding",
    "pack_file",
    "programme_pack",
    "programme_review",
    "template_in_force",
    "write_zip",
]
