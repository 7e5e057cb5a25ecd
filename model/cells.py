"""Cells of CSV as Excel in Vietnamese opens it: `;` between cells, decimal comma, no text taken for a formula."""

from typing import Any

SEPARATOR = ";"
"""What Excel puts between cells where the comma is the decimal sign."""

BOM = "\ufeff"
"""What tells Excel that the file is UTF-8."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""First letters by which a spreadsheet may take a text for a formula."""


def tamed(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula: a dangerous first letter gets an apostrophe before it."""
    return "'" + text if len(text) > 1 and text.startswith(DANGEROUS) else text  # a lone `=` is the qualifier


def csv_cell(value: Any) -> str:
    """Give the text of one cell: nothing for None, numbers with a decimal comma, texts tamed."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value).replace(".", ",")
    return tamed(str(value))
