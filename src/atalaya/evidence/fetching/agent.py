"""Who asks: the name, version and contact that every request carries."""

from __future__ import annotations

from atalaya import __version__
from atalaya.evidence.fetching.robots import ROBOT
from atalaya.model.errors import BadInput, Place

TOOL = f"atalaya/{__version__}"


def user_agent(contact: str) -> str:
    """Give the user agent.

    Args:
        contact: Page or address by which a host reaches the operator; may be empty.

    Returns:
        ``Atalaya/<version> (+<contact>)``.

    Raises:
        BadInput: The contact holds what a header may not hold.

    >>> user_agent("https://observatory.example/contact").split(" ")[1]
    '(+https://observatory.example/contact)'
    """
    contact = contact.strip()
    if not (contact.isascii() and contact.isprintable()) or set(contact) & set("()\\"):
        raise BadInput(
            f"the contact {contact[:100]!r} cannot be sent in a header",
            why="every request says who asks, so that a host can reach the operator",
            do="give a page or mail address in plain ASCII, without brackets",
            where=Place("observatory.toml", column="fetching.contact"),
        )
    said = f"+{contact}" if contact else "drug policy observatory; operator gave no contact"
    return f"{ROBOT}/{__version__} ({said})"
