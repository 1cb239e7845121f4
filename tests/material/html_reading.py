"""Reads a page strictly: every element closed where it must be, and what it would load."""

from html.parser import HTMLParser

VOID = frozenset({"area", "br", "circle", "hr", "img", "input", "link", "meta", "path", "rect"})
LOADS = {"script": "src", "img": "src", "link": "href", "iframe": "src", "form": "action"}


class Page(HTMLParser):
    """A page as read: its elements in order, and what is wrong with it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.wrong: list[str] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.wrong += [f"<{tag}> is never closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self.wrong.append(f"</{tag}> closes {self._open[-1:]}, line {self.getpos()[0]}")
        elif tag not in VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """Give the words of the page, runs of blanks as one."""
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Give the attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    def loaded(self) -> list[str]:
        """Give every address the page loads or sends to."""
        return [
            attributes[LOADS[tag]] or ""
            for tag, attributes in self.elements
            if tag in LOADS and attributes.get(LOADS[tag]) is not None
        ]

    def ids(self) -> list[str]:
        """Give every id, in order."""
        return [str(found["id"]) for _, found in self.elements if "id" in found]
