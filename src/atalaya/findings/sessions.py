"""Review sessions: a reviewer's key vouches, once, for the key of a browser session.

The page shows a request line; the reviewer answers it with ``atalaya reviewer sign-in``; the answer
goes back into the page. The reviewer's own key never leaves their machine.
"""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

from atalaya.findings.reviewers import SESSION_LASTS, Reviewer, ReviewerKey, Vouching
from atalaya.model.errors import BadInput

_HEAD = "atalaya-sign-in-1"


def request(session_key: str, now: datetime) -> str:
    """Write the line a reviewer is asked to answer.

    Args:
        session_key: Base64 of the session's public key.
        now: The moment the page was asked for.
    """
    until = (now + SESSION_LASTS).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{_HEAD} {session_key} {until}"


def answer(line: str, key: ReviewerKey) -> str:
    """Answer a request: the reviewer's word that the session's key decides for them.

    Raises:
        BadInput: The line is not a request.
    """
    session_key, until = _parse(line)
    said = Vouching.content(key.reviewer, session_key, until)
    content = json.dumps(said | {"signature": key.sign(said)}, sort_keys=True)
    return base64.urlsafe_b64encode(content.encode()).decode("ascii")


def accept(text: str, session_key: str, reviewers: tuple[Reviewer, ...], now: datetime) -> Vouching:
    """Check an answer and give the vouching it holds.

    Args:
        text: What the reviewer pasted.
        session_key: Base64 of the public key of the session that asked.
        reviewers: Who may decide.
        now: The present moment.

    Raises:
        BadInput: It is no answer, answers another request, or is not a reviewer's.
    """
    try:
        said = json.loads(base64.urlsafe_b64decode(text.strip().encode("ascii")))
        until = datetime.strptime(said["until"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        vouching = Vouching(
            str(said["reviewer"]), str(said["session_key"]), until, str(said["signature"])
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _refused("this is not an answer to a sign-in request") from error
    if vouching.session_key != session_key:
        raise _refused("this answers another sign-in request")
    by = next((one for one in reviewers if one.id == vouching.reviewer), None)
    if by is None or not by.may_decide(now) or not vouching.holds(by, now):
        raise _refused("this was not signed by a reviewer of this observatory, or too long ago")
    return vouching


def _parse(line: str) -> tuple[str, datetime]:
    parts = line.split()
    try:
        head, session_key, until = parts
        moment = datetime.strptime(until, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise _refused("this is not a sign-in request") from error
    if head != _HEAD:
        raise _refused("this is not a sign-in request")
    return session_key, moment


def _refused(what: str) -> BadInput:
    return BadInput(what, do="copy the whole line from the review page, and answer it within 8 h")
