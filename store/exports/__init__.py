"""Taking series away: CSV, XLSX, Parquet, JSON, SDMX-CSV with its structure, a Frictionless data package."""

from store.exports.forms import FORMS, export, write_package
from store.exports.package import packed_package

__all__ = ["FORMS", "export", "packed_package", "write_package"]
