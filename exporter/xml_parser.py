"""The parser of XML that comes from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml import etree


def xml_parser(**options: Any) -> etree.XMLParser:
    """Return a parser that loads nothing and expands no entity, so that a file cannot read others or grow by itself.

    Args:
        options: Other options of lxml's parser, such as `recover` or `remove_comments`.
    """
    from lxml import etree  # slow to import

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, **options)
