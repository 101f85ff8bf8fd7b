"""Alt texts of groups of pictures and shapes, and of shapes without content."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.inspect.docx.xml import Element, name
from exporter.model import Alt, Decorative, Described, Undescribed
from exporter.readers.docx.context import ReadContext

_ADVICE = "Say in the text what it says, or save the drawing as an image and insert that with its alt text."


class GroupAlt:
    """The alt text of a drawing, which is that of its first picture without one of its own.

    Args:
        context: The file that is being read.
        alt: The alt text.
    """

    def __init__(self, context: ReadContext, alt: Alt) -> None:
        self._context = context
        self.alt = alt
        self._is_taken = False

    def take(self) -> Alt:
        """Return the alt text for what it is about."""
        self._is_taken = True
        return self.alt

    def of(self, own: Alt) -> Alt:
        """Return the alt text of a picture of the group, or of another thing with an own alt text."""
        if not isinstance(own, Undescribed):
            self._is_taken = self._is_taken or own == self.alt
            return own
        if self._is_taken and isinstance(self.alt, Described):
            self._context.report_unsupported(
                f"A picture of a group has no alt text of its own; it is decorative beside “{self.alt.text}”.",
                "Nothing to do if that describes all of them; else give it its own (click it, View Alt Text).",
            )
            return Decorative()
        return self.take()

    def is_in(self, elements: Sequence[Element]) -> bool:
        """Return whether the texts of the group say what its alt text says."""
        alt = self.alt.text if isinstance(self.alt, Described) else ""
        texts = "".join(text.text or "" for element in elements for text in element.iter(name("t")))
        return "".join(alt.split()).casefold() in "".join(texts.split()).casefold()

    def report(self, elements: Sequence[Element]) -> None:
        """Report an alt text that nothing has taken, unless it is in the texts of the group."""
        if not self._is_taken and elements and isinstance(self.alt, Described) and not self.is_in(elements):
            self._context.report_unsupported(
                f"An alt text was ignored, because what is inside was read: “{self.alt.text[:200]}”.", _ADVICE
            )


def report_shape(context: ReadContext, alt: Alt) -> None:
    """Report a drawing of which nothing can be read."""
    if isinstance(alt, Described):
        context.report_unsupported(
            f"A drawn shape was ignored; its alt text is “{alt.text}”.",
            "Save it as an image (right click, Save as Picture) and insert that with its alt text.",
        )
    elif not isinstance(alt, Decorative):
        context.count("shapes")
