"""What intake leaves of a document: its words without private persons, under a few headings.

The original is archived as it came, sealed where it may name people; this part is what every later
step reads and quotes. It is plain text, so that a quotation is a run of its bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from atalaya.model.errors import BadInput

MEDIA_TYPE = "text/plain"
FIRST_LINE = "Atalaya-Part: 1"
_END = "\n\n"


@dataclass(frozen=True, slots=True)
class Part:
    """The readable part of a document.

    Args:
        text: Its words, without private persons.
        title: Its title, likewise; one line.
        address: Where it was published, or empty.
        published: The day, or None where the document does not say.
        language: Code of its language, or empty where it is not known.
        withheld: Why something was taken out -> how often.
    """

    text: str
    title: str = ""
    address: str = ""
    published: date | None = None
    language: str = ""
    withheld: Mapping[str, int] = field(default_factory=dict)

    def heading(self) -> str:
        """Give the lines before the text, with the empty one that ends them."""
        said = {
            "Title": " ".join(self.title.split()),
            "Address": "".join(self.address.split()),
            "Published": self.published.isoformat() if self.published else "",
            "Language": self.language,
            "Withheld": ", ".join(f"{why} {n}" for why, n in sorted(self.withheld.items())),
        }
        lines = [FIRST_LINE, *(f"{name}: {value}" for name, value in said.items() if value)]
        return "\n".join(lines) + _END

    def payload(self) -> bytes:
        """Give the part as it is archived, in UTF-8."""
        return (self.heading() + self.text).encode("utf-8", "replace")

    @classmethod
    def of(cls, payload: bytes) -> Part:
        """Read a part again.

        Raises:
            BadInput: It is none.
        """
        heading, end, text = payload.decode("utf-8").partition(_END)
        first, *lines = heading.split("\n")
        if first != FIRST_LINE or not end:
            raise BadInput(
                "the document is no readable part of an original",
                do="read it again with `atalaya run`",
            )
        said = dict(line.split(": ", 1) for line in lines)
        return cls(
            text=text,
            title=said.get("Title", ""),
            address=said.get("Address", ""),
            published=date.fromisoformat(said["Published"]) if "Published" in said else None,
            language=said.get("Language", ""),
            withheld=_counts(said.get("Withheld", "")),
        )


def is_part(payload: bytes) -> bool:
    """Tell whether a payload is a readable part."""
    return payload.startswith(f"{FIRST_LINE}\n".encode())


def _counts(said: str) -> dict[str, int]:
    pairs = (one.rsplit(" ", 1) for one in said.split(", ") if one)
    return {why: int(count) for why, count in pairs}
