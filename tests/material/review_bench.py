"""A served observatory with a store, a reviewer and a browser without a screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fastapi.testclient import TestClient
from httpx import Response

from atalaya.findings import sessions as sign_ins
from atalaya.findings.decisions import DecisionStore
from atalaya.findings.reviewers import ReviewerKey
from atalaya.model.records import SignalState
from tests.material.clocks import StillClock
from tests.material.html_reading import Page
from tests.material.web_house import ORIGIN, House, StoreDesk, reviewer

KEY = "f87f7db7ef9877e2"
SIGNAL = f"signal:{KEY}"
OURS = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}


@dataclass
class Bench:
    """A served observatory with a store, a reviewer and a browser."""

    store: DecisionStore
    key: ReviewerKey
    clock: StillClock
    client: TestClient

    def token(self, address: str = "/en/review") -> str:
        return token_of(self.client.get(address).text)

    def sign_in(self, key: ReviewerKey | None = None) -> Response:
        text = self.client.get("/en/review").text
        line = re.search(r"atalaya-sign-in-1 \S+ [0-9TZ:-]+", text.replace("&#43;", "+"))
        assert line
        fields = {"token": token_of(text), "answer": sign_ins.answer(line.group(), key or self.key)}
        return self.client.post("/en/review/sign-in", data=fields, headers=OURS)

    def decide(self, action: str, headers: dict[str, str] | None = None, **more: str) -> Response:
        fields = {"token": self.token(), "action": action, "reason": "looked at it"} | more
        return self.client.post(f"/en/review/{KEY}", data=fields, headers=headers or OURS)

    def state(self) -> SignalState:
        return self.store.standing(SIGNAL, self.clock.at.date()).state


def token_of(text: str) -> str:
    return next(
        str(found["value"]) for found in Page(text).all("input") if found.get("name") == "token"
    )


def opened(path: Path, *, two_persons: bool = False) -> Iterator[Bench]:
    """Open a bench in a folder, nobody signed in yet."""
    with DecisionStore.at(path / "decisions.db", two_persons=two_persons) as store:
        clock = StillClock()
        client = House(desk=StoreDesk(store), clock=clock).client()
        yield Bench(store, reviewer(store), clock, client)
