"""Asks of the labelled resolutions, as the gates compare them."""

from pathlib import Path

from atalaya.promises.asks import asks

TEXTS = Path(__file__).parent / "asks"
GOLD = sorted(TEXTS.glob("*.json"))


def read_asks(text):
    found, unclear = asks(text)
    return {
        "asks": [
            {
                "n": one.n,
                "part": one.part,
                "strength": one.strength,
                "who": [each.id for each in one.who],
                "action": one.action.of(text),
                "by": [each.value for each in one.by],
                "money": [each.kind for each in one.money],
            }
            for one in found
        ],
        "issues": [each.kind for each in unclear],
    }
