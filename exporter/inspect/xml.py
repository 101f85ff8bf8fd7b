"""XML of files that nothing vouches for: nothing is fetched, no entity is resolved."""

from __future__ import annotations

from typing import Any

from exporter.xml_parser import xml_parser


class NotXmlError(ValueError):
    """Nothing of a document can be read; the message says why."""


def parse(data: bytes) -> Any:
    """Return the root element.

    Raises:
        lxml.etree.XMLSyntaxError: It is not well-formed.
    """
    from lxml import etree

    return etree.fromstring(data, xml_parser())


def parse_leniently(data: bytes) -> tuple[Any, str]:
    """Return the root element as far as the document can be read, and its first error, or "" if there is none.

    Entities of HTML, such as `&nbsp;`, are declared by document types that are not loaded; they are no error.

    Raises:
        NotXmlError: Nothing of it can be read.
    """
    from lxml import etree

    parser = xml_parser(recover=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotXmlError(str(error).partition(" (<string>")[0]) from error
    if root is None:
        raise NotXmlError("It holds no element")
    if _declares_external_entity(root):
        return root, "it declares an external entity, which would read another file"
    undeclared = (etree.ErrorTypes.ERR_UNDECLARED_ENTITY, etree.ErrorTypes.WAR_UNDECLARED_ENTITY)
    errors = [entry for entry in parser.error_log if entry.type not in undeclared and entry.level_name != "WARNING"]
    return root, f"line {errors[0].line}: {errors[0].message.strip().rstrip('.')}" if errors else ""


def _declares_external_entity(root: Any) -> bool:
    internal = root.getroottree().docinfo.internalDTD
    return internal is not None and any(entity.system_url for entity in internal.iterentities())
