"""SDMX: observations as SDMX-CSV 2.0 and the structure that they follow as SDMX-ML 3.0."""

import csv
import io
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as Xml

from model.records import MEASURES, UNITS, Point
from store.exports.rows import flat

AGENCY, FLOW, VERSION = "ANSINH", "SERIES", "1.0.0"
"""Agency, dataflow and version that the files name."""

DIMENSIONS = (
    ("INDICATOR", "indicator"), ("MEASURE", "measure"), ("UNIT_MEASURE", "unit"), ("REF_AREA", "area"),
    ("SCOPE", "scope"), ("OF", "of"), ("DENOMINATOR", "denominator"), ("ISSUER", "issuer"), ("BASE", "base_kind"),
)  # fmt: skip
"""Dimensions but time, and the column each is taken from; `_Z` where a word does not apply."""

ATTRIBUTES = (
    ("OBS_STATUS", "status"), ("QUALIFIER", "qualifier"), ("PERIOD_START", "period_start"),
    ("PERIOD_END", "period_end"), ("AREA_NAME", "area_name"), ("REPORTS", "reports"), ("GROUPS", "groups"),
    ("SOURCE_DOC", "doc"), ("SOURCE_URL", "source_url"), ("OUTLET", "outlet"), ("PUBLISHED", "published"),
    ("QUOTE", "quote"), ("SENTENCE", "sentence"), ("TERMS", "terms"), ("VINTAGE", "vintage"),
)  # fmt: skip
"""Attributes of an observation."""

STATUS = {"settled": "A", "held": "U", "derived": "E"}
"""Codes of SDMX's own list: A normal, U low reliability, E estimated."""

CODES = {
    "MEASURE": dict.fromkeys(MEASURES, ""), "UNIT_MEASURE": dict.fromkeys(UNITS, ""),
    "OBS_STATUS": {"A": "Normal value", "U": "Low reliability: waits for review", "E": "Computed from other points"},
}  # fmt: skip
"""Code lists."""

_M = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message"
_S = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure"
_C = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common"
_URN = "urn:sdmx:org.sdmx.infomodel"


def sdmx_csv(points: Sequence[Point], vintage: str) -> bytes:
    """Write SDMX-CSV 2.0: comma, decimal point, no BOM, one line an observation."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(
        ["STRUCTURE", "STRUCTURE_ID", "ACTION", *(name for name, _ in DIMENSIONS), "TIME_PERIOD", "OBS_VALUE",
         *(name for name, _ in ATTRIBUTES)]
    )  # fmt: skip
    for row in flat(points, vintage):
        table.writerow(
            ["dataflow", f"{AGENCY}:{FLOW}({VERSION})", "I", *(row[name] or "_Z" for _, name in DIMENSIONS),
             time_period(row), row["obs_value"], *(_attribute(row, name) for _, name in ATTRIBUTES)]
        )  # fmt: skip
    return out.getvalue().encode()


def time_period(row: dict[str, Any]) -> str:
    """Give a count's day, or a total's range as first day and length (`2020-01-01/P121D`)."""
    from datetime import date

    start, end = row["period_start"], row["period_end"]
    if start is None or start == end:
        return str(end)
    days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
    return f"{start}/P{days}D"


def _attribute(row: dict[str, Any], name: str) -> Any:
    value = row[name]
    return STATUS[value] if name == "status" else "" if value is None else value


def structure_xml() -> bytes:
    """Write the structure message: code lists, concepts, data structure and dataflow."""
    for prefix, name in (("mes", _M), ("str", _S), ("com", _C)):
        Xml.register_namespace(prefix, name)
    root = Xml.Element(f"{{{_M}}}Structure")
    header = Xml.SubElement(root, f"{{{_M}}}Header")
    Xml.SubElement(header, f"{{{_M}}}ID").text = "ANSINH_STRUCTURE"
    Xml.SubElement(header, f"{{{_M}}}Test").text = "false"
    Xml.SubElement(header, f"{{{_M}}}Prepared").text = "2026-01-01T00:00:00Z"
    Xml.SubElement(header, f"{{{_M}}}Sender", id=AGENCY)
    structures = Xml.SubElement(root, f"{{{_M}}}Structures")
    _codelists(Xml.SubElement(structures, f"{{{_S}}}Codelists"))
    _concepts(Xml.SubElement(structures, f"{{{_S}}}ConceptSchemes"))
    _flow(Xml.SubElement(structures, f"{{{_S}}}Dataflows"))
    _structure(Xml.SubElement(structures, f"{{{_S}}}DataStructures"))
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'.encode()


def _maintained(parent: Xml.Element, tag: str, id: str, name: str) -> Xml.Element:
    element = Xml.SubElement(parent, f"{{{_S}}}{tag}", id=id, agencyID=AGENCY, version=VERSION)
    _named(element, name)
    return element


def _named(element: Xml.Element, name: str) -> None:
    Xml.SubElement(element, f"{{{_C}}}Name", {"{http://www.w3.org/XML/1998/namespace}lang": "en"}).text = name


def _codelists(parent: Xml.Element) -> None:
    for dimension, codes in CODES.items():
        listed = _maintained(parent, "Codelist", f"CL_{dimension}", dimension.replace("_", " ").capitalize())
        for code, name in codes.items():
            _named(Xml.SubElement(listed, f"{{{_S}}}Code", id=code), name or code)


def _names() -> list[str]:
    return [*(name for name, _ in DIMENSIONS), "TIME_PERIOD", "OBS_VALUE", *(name for name, _ in ATTRIBUTES)]


def _concepts(parent: Xml.Element) -> None:
    scheme = _maintained(parent, "ConceptScheme", "CONCEPTS", "Concepts of the series")
    for name in _names():
        _named(Xml.SubElement(scheme, f"{{{_S}}}Concept", id=name), name.replace("_", " ").capitalize())


def _flow(parent: Xml.Element) -> None:
    flow = _maintained(parent, "Dataflow", FLOW, "Social insurance figures of the press")
    Xml.SubElement(flow, f"{{{_S}}}Structure").text = (
        f"{_URN}.datastructure.DataStructure={AGENCY}:{FLOW}({VERSION})"
    )  # fmt: skip


def _structure(parent: Xml.Element) -> None:
    structure = _maintained(parent, "DataStructure", FLOW, "Series of the press")
    parts = Xml.SubElement(structure, f"{{{_S}}}DataStructureComponents")
    dimensions = Xml.SubElement(parts, f"{{{_S}}}DimensionList", id="DimensionDescriptor")
    for place, (name, _) in enumerate(DIMENSIONS, 1):
        element = Xml.SubElement(dimensions, f"{{{_S}}}Dimension", id=name, position=str(place))
        _component(element, name, "String")
    _component(Xml.SubElement(dimensions, f"{{{_S}}}TimeDimension", id="TIME_PERIOD"), "TIME_PERIOD",
               "ObservationalTimePeriod")  # fmt: skip
    attributes = Xml.SubElement(parts, f"{{{_S}}}AttributeList", id="AttributeDescriptor")
    for name, _ in ATTRIBUTES:
        element = Xml.SubElement(attributes, f"{{{_S}}}Attribute", id=name, usage="optional")
        _component(element, name, "String")
        relation = Xml.SubElement(element, f"{{{_S}}}AttributeRelationship")
        Xml.SubElement(relation, f"{{{_S}}}Observation")
    measures = Xml.SubElement(parts, f"{{{_S}}}MeasureList", id="MeasureDescriptor")
    _component(Xml.SubElement(measures, f"{{{_S}}}Measure", id="OBS_VALUE"), "OBS_VALUE", "Double")


def _component(element: Xml.Element, name: str, text_type: str) -> None:
    """Say which concept a component means and which values it takes."""
    Xml.SubElement(
        element, f"{{{_S}}}ConceptIdentity"
    ).text = f"{_URN}.conceptscheme.Concept={AGENCY}:CONCEPTS({VERSION}).{name}"
    representation = Xml.SubElement(element, f"{{{_S}}}LocalRepresentation")
    if name in CODES:
        Xml.SubElement(
            representation, f"{{{_S}}}Enumeration"
        ).text = f"{_URN}.codelist.Codelist={AGENCY}:CL_{name}({VERSION})"
    else:
        Xml.SubElement(representation, f"{{{_S}}}TextFormat", textType=text_type)
