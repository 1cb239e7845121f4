"""Webhooks against a real server on the loopback: signatures, tries, refusals, replays."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from tests.material.clocks import START, StoppedClock
from tests.material.loopback_server import Asked, Exchange, replies, serving

from atalaya.evidence.sending import Webhooks
from atalaya.evidence.sending.signing import new_secret, secret_bytes, signature_headers
from atalaya.evidence.sending.undelivered import Undelivered
from atalaya.evidence.sending.webhooks import checked
from atalaya.model.errors import BadInput, LookAtThis, TryLater
from atalaya.model.settings import FetchingSettings

SECRET = new_secret(bytes(range(32)))
KEY = secret_bytes(SECRET)
BODY = '{"type":"alert.issued","data":{"what":"ñ"}}'.encode()
SETTINGS = FetchingSettings(timeout_seconds=0.5, retries=3)


def _send(url: str, clock: StoppedClock, settings: FetchingSettings = SETTINGS) -> None:
    hooks = Webhooks(settings, clock)
    try:
        hooks.send(url, "notice:0123456789abcdef", BODY, KEY)
    finally:
        hooks.close()


def _in_turn(*routes: Callable[[Exchange], None]) -> Callable[[Exchange], None]:
    left = iter(routes)

    def answer(exchange: Exchange) -> None:
        next(left)(exchange)

    return answer


def _verify(asked: Asked, at: datetime | None = None) -> object:
    """Verify as a receiver does, with the library of the standard and its own clock."""
    import standardwebhooks.webhooks as library

    class Then(datetime):
        @classmethod
        def now(cls, **_zone: object) -> datetime:
            return at or START

    real, library.datetime = library.datetime, Then  # the library reads the clock by itself
    try:
        return Webhook(SECRET).verify(asked.body, asked.headers)
    finally:
        library.datetime = real


def test_a_receiver_with_the_library_of_the_standard_takes_it():
    with serving({"/hook": replies(b"thank you", 204)}) as server:
        _send(f"{server.home}/hook", StoppedClock())
    (asked,) = server.record.asked
    assert asked.body == BODY
    assert _verify(asked) == {"type": "alert.issued", "data": {"what": "ñ"}}
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["user-agent"].startswith("Atalaya/")


def test_a_changed_body_another_secret_and_a_replay_are_told_apart():
    with serving({"/hook": replies(b"")}) as server:
        _send(f"{server.home}/hook", StoppedClock())
    (asked,) = server.record.asked
    changed = Asked(asked.path, asked.headers, asked.body.replace(b"issued", b"expired"))
    with pytest.raises(WebhookVerificationError, match="No matching signature"):
        _verify(changed)
    with pytest.raises(WebhookVerificationError, match="too old"):
        _verify(asked, START + timedelta(minutes=6))
    other = dict(signature_headers("notice:1", START, BODY, b"another secret, 32 bytes long .."))
    with pytest.raises(WebhookVerificationError):
        _verify(Asked("/hook", other, BODY))


def test_errors_of_the_server_are_tried_again_under_one_identifier_and_a_fresh_time():
    clock = StoppedClock()
    broken = replies(b"", 500)
    with serving({"/hook": _in_turn(broken, replies(b"", 503), replies(b"", 200))}) as server:
        _send(f"{server.home}/hook", clock)
    tries = server.record.asked
    assert len(tries) == 3
    assert len({one.headers["webhook-id"] for one in tries}) == 1
    stamps = [int(one.headers["webhook-timestamp"]) for one in tries]
    assert stamps == sorted(stamps)
    assert stamps[-1] > stamps[0]
    assert len(clock.slept) == 2
    last = START.astimezone(UTC) + timedelta(seconds=sum(clock.slept))
    assert _verify(tries[-1], last)


def test_the_wait_a_receiver_asks_for_is_kept():
    clock = StoppedClock()
    busy = replies(b"", 429, Retry_After="30")
    with serving({"/hook": _in_turn(busy, replies(b"", 200))}) as server:
        _send(f"{server.home}/hook", clock)
    assert sum(clock.slept) == pytest.approx(30)


def test_a_server_that_stays_broken_is_a_try_later_after_the_tries():
    with serving({"/hook": replies(b"", 502)}) as server:
        with pytest.raises(TryLater, match="answers 502") as error:
            _send(f"{server.home}/hook", StoppedClock())
        assert len(server.record.asked) == 4
    assert "not been told" in error.value.why


def test_silence_ends_in_a_time_out_and_a_cut_line_in_a_try_later():
    import threading

    silent = threading.Event()
    once = FetchingSettings(timeout_seconds=0.2, retries=0)
    try:
        with serving({"/hook": lambda _exchange: silent.wait(5) and None}) as server:
            with pytest.raises(Undelivered, match="no answer in time"):
                _send(f"{server.home}/hook", StoppedClock(), once)
            silent.set()
    finally:
        silent.set()
    with (
        serving({"/hook": lambda exchange: exchange.cut()}) as server,
        pytest.raises(Undelivered, match="no connection"),
    ):
        _send(f"{server.home}/hook", StoppedClock(), once)


@pytest.mark.parametrize("status", [400, 401, 404, 410, 413])
def test_a_refusal_is_not_tried_again(status):
    with serving({"/hook": replies(b"", status)}) as server:
        with pytest.raises(LookAtThis, match=f"answers {status}"):
            _send(f"{server.home}/hook", StoppedClock())
        assert len(server.record.asked) == 1


def test_a_redirect_is_not_followed():
    away = replies(b"", 307, Location="/elsewhere")
    with serving({"/hook": away, "/elsewhere": replies(b"")}) as server:
        with pytest.raises(LookAtThis, match="answers 307"):
            _send(f"{server.home}/hook", StoppedClock())
        assert server.paths == ["/hook"]


@pytest.mark.parametrize(
    "url", ["http://receiver.example/hook", "http://10.0.0.8/hook", "ftp://x.example/", "x"]
)
def test_what_would_go_in_the_clear_beyond_this_machine_is_refused(url):
    with pytest.raises(BadInput):
        checked(url)


def test_a_name_that_leads_into_a_private_network_is_refused(monkeypatch):
    from atalaya.evidence.sending import webhooks

    monkeypatch.setattr(webhooks, "resolve", lambda _host, _port: ["10.0.0.8"])
    with pytest.raises(LookAtThis, match="private network address"):
        _send("https://receiver.example/hook", StoppedClock())


@pytest.mark.parametrize("text", ["", "whsec_", "whsec_c2hvcnQ=", "c2VjcmV0", "whsec_***"])
def test_a_secret_that_is_none_is_refused_without_being_repeated(text):
    with pytest.raises(BadInput) as refused:
        secret_bytes(text)
    assert not text or text not in str(refused.value).replace("whsec_ with", "")
