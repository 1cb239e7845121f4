"""Names of the slugs that tables use, so that pages show words and not slugs."""

from __future__ import annotations

from typing import Final

from atalaya.publishing.marking import _
from atalaya.publishing.site.body_terms import BODY_TERMS
from atalaya.publishing.site.catalogue_terms import CATALOGUE_TERMS
from atalaya.publishing.site.change_terms import CHANGE_TERMS
from atalaya.publishing.site.health_terms import HEALTH_TERMS
from atalaya.publishing.site.issue_kinds import ISSUE_KINDS
from atalaya.publishing.site.languages import Language
from atalaya.publishing.site.record_terms import RECORD_TERMS
from atalaya.publishing.site.review_terms import REVIEW_TERMS
from atalaya.publishing.site.story_terms import STORY_TERMS

TERMS: Final = (
    CATALOGUE_TERMS
    | CHANGE_TERMS
    | HEALTH_TERMS
    | RECORD_TERMS
    | REVIEW_TERMS
    | STORY_TERMS
    | {
        "change": _("change of a page"),
        # confidence
        "low": _("low"),
        "moderate": _("moderate"),
        "high": _("high"),
        # why a figure is hidden
        "small": _("small count"),
        "window": _("its window would tell a small count"),
        # modes and statuses
        "live": _("live"),
        "replay": _("replay of history"),
        "observed": _("observed"),
        "gap": _("no data"),
        "incomplete": _("reports still arriving"),
        # what a source says
        "alarm": _("alarm"),
        "no alarm": _("no alarm"),
        "not assessed": _("not assessed"),
        # tables
        "signals": _("Signals"),
        "series": _("Observations"),
        "verdicts": _("Verdicts"),
        "claims": _("Claims"),
        "promises": _("Promises"),
        # who uses a name of a contested territory
        "m49": _("United Nations (M49)"),
        "unterm": _("United Nations (UNTERM)"),
        "general-assembly": _("United Nations (General Assembly)"),
        "iso-3166": _("ISO 3166"),
        "cldr": _("Unicode CLDR"),
        "press": _("press and other documents"),
        # steps of the way down to the proof
        "cell": _("published cell"),
        "signal": _("signal"),
        "verdict": _("verdict"),
        "observation": _("observation"),
        "claim": _("claim"),
        "document": _("document"),
        "capture": _("capture"),
        "log": _("entry of the log"),
        "retraction": _("retraction"),
        "agrees": _("agrees"),
        "differs": _("differs"),
        "cannot tell": _("cannot tell"),
        "retracted": _("retracted"),
        "reinstated": _("reinstated"),
        "evidence-retracted": _("evidence retracted"),
        "row": _("row"),
        "yes": _("yes, and they are the same"),
        "no": _("no: something differs"),
        "not here": _("not here: the archive is not at hand"),
        "nothing": _("nothing: it rests on no archived bytes"),
        # units and what is counted
        "deaths": _("deaths"),
        "samples": _("samples"),
        "ha": _("hectares"),
        "USD": _("US dollars"),
        "cultivation": _("cultivation"),
        "income": _("income"),
        "votes": _("votes"),
        "not-built": _("not built yet"),
        # what the starter's sources say
        "hectares": _("hectares"),
        "deaths whose certificate names the substance": _(
            "deaths whose certificate names the substance"
        ),
        "best": _("best estimate"),
        "as-interpreted": _("as interpreted from images"),
        "voluntary earmarked": _("voluntary, earmarked"),
        "voluntary un-earmarked": _("voluntary, not earmarked"),
        "other": _("other"),
        "total": _("total"),
        "coca-bush": _("coca bush"),
        "opium-poppy": _("opium poppy"),
        "persons": _("persons"),
        "events": _("events"),
        "meetings": _("meetings"),
        "states": _("States"),
        "drafts": _("drafts"),
        "resolutions": _("resolutions"),
        "substances": _("substances"),
        "experts": _("experts"),
        "stands": _("stands"),
        "days": _("days"),
        "placed-under-control": _("placed under control"),
        "deaths-in-year": _("deaths in the year"),
        "median-morphine-consumption": _("median consumption of morphine"),
        "countries-with-opioid-agonist-therapy": _("countries with opioid agonist therapy"),
        "vote-of-the-united-states": _("vote of the United States"),
        "treatment-coverage": _("coverage of treatment"),
        "reported": _("reported"),
        "related": _("related"),
        "people-who-used-ecstasy": _("people who used ecstasy"),
        "people-who-used-cocaine": _("people who used cocaine"),
        "people-who-used-amphetamines": _("people who used amphetamines"),
        "people-who-used-drugs": _("people who used drugs"),
        "met-unit-of-unodc": _("met a unit of UNODC"),
        "how-resolutions-were-adopted": _("how resolutions were adopted"),
        "expected": _("expected"),
        "countries-with-take-home-naloxone": _("countries with take-home naloxone"),
        "countries-with-needle-and-syringe-programmes": _(
            "countries with needle and syringe programmes"
        ),
        "countries-with-harm-reduction-in-national-policy": _(
            "countries with harm reduction in national policy"
        ),
        "countries-with-drug-consumption-rooms": _("countries with drug consumption rooms"),
        "topic-with-unodc": _("topic with UNODC"),
        "topic-with-interpol": _("topic with INTERPOL"),
        "topic-with-governments": _("topic with governments"),
        "times-the-median-of-other-groups-at-most": _("times the median of other groups, at most"),
        "times-the-median-of-other-groups-at-least": _(
            "times the median of other groups, at least"
        ),
        "substances-placed-under-control": _("substances placed under control"),
        "side-events": _("side events"),
        "share-of-opioids-distributed-more-than": _("share of opioids distributed, more than"),
        "share-of-opioids-distributed": _("share of opioids distributed"),
        "resolutions-adopted": _("resolutions adopted"),
        "reporting-change": _("change in reporting"),
        "reconvened": _("reconvened"),
        "population-without-data-on-opioid-analgesics": _(
            "population without data on opioid analgesics"
        ),
        "population-with-virtually-no-opioid-analgesics": _(
            "population with virtually no opioid analgesics"
        ),
        "population-with-adequate-opioid-analgesics": _(
            "population with adequate opioid analgesics"
        ),
        "place": _("place"),
        "participants-more-than": _("participants, more than"),
        "morphine-distributed": _("morphine distributed"),
        "members-of-the-commission": _("members of the Commission"),
        "member-states-more-than": _("Member States, more than"),
        "meetings-with-unodc": _("meetings with UNODC"),
        "meetings-with-interpol": _("meetings with INTERPOL"),
        "meetings-of-the-committee-of-the-whole": _("meetings of the Committee of the Whole"),
        "institute-in-rome-consensus-since": _("the institute in the Rome Consensus since"),
        "institute-has-taken-part-since": _("the institute has taken part since"),
        "illicit-cocaine-production": _("illicit production of cocaine"),
        "harm-reduction-funding-as-share-of-need": _(
            "funding of harm reduction as a share of need"
        ),
        "global-review": _("Global Review on Humanitarian Drug Policies"),
        "first-recorded": _("first recorded"),
        "events-led-with-rome-consensus-partners": _(
            "events led with partners of the Rome Consensus"
        ),
        "drafts-without-consensus-in-the-committee-of-the-whole": _(
            "drafts without consensus in the Committee of the Whole"
        ),
        "days-of-the-stand": _("days of the stand"),
        "bilateral-meetings": _("bilateral meetings"),
        "appointed": _("appointed"),
        "coca-cultivation": _("coca cultivation"),
        "opium-cultivation": _("opium cultivation"),
        "drug-deaths": _("drug deaths"),
        "unodc-income": _("income of UNODC"),
        # steps and detectors
        "fetch": _("fetching"),
        "read": _("reading"),
        "count": _("counting"),
        "judge": _("judging"),
        "review": _("review"),
        "release": _("release"),
        "emergence_plain": _("plain emergence rule"),
        "emergence": _("emergence detector"),
        "season_scan": _("season scan"),
        "farrington_flexible": _("Farrington flexible"),
        "ears_c1": _("EARS C1"),
        "ears_c2": _("EARS C2"),
        "ears_c3": _("EARS C3"),
        # cells of the blind spots: source and what it counts
        "coca-cultivation/coca-bush": _("cultivation of coca bush"),
        "opium-cultivation/opium-poppy": _("cultivation of opium poppy"),
        **ISSUE_KINDS,
        **BODY_TERMS,
        # what is known of a step on the way down to the proof
        "source": _("source"),
        "period": _("period"),
        "territory": _("place of the register"),
        "unit": _("unit"),
        "subject": _("subject"),
        "predicate": _("predicate"),
        "population": _("out of how many"),
        "made_from": _("made from"),
        "bytes checked": _("bytes checked"),
        "value": _("value"),
        "status": _("status"),
        "quote": _("quote"),
        "people": _("counts people"),
        "line": _("line"),
        "how_checked": _("how checked"),
        "checked": _("checked"),
        "hidden": _("hidden"),
        "reason": _("reason"),
        "media_type": _("media type"),
        "address": _("address"),
        "what": _("what it is about"),
        "unknown": _("what is not known"),
        "tool": _("tool"),
        "state": _("state"),
        "sources": _("independent sources"),
        "size": _("size"),
        "since": _("since"),
        "rows": _("rows"),
        "mode": _("mode"),
        "log_index": _("log index"),
        "length": _("length"),
        "language": _("language"),
        "hashes": _("hashes"),
        "fetched_at": _("fetched at"),
        "entry": _("entry"),
        "confidence": _("confidence"),
        "citation": _("method"),
        "checkpoint": _("checkpoint"),
    }
)


def _plain(slug: str) -> str:
    return slug.replace("-", " ").replace("_", " ")


_BY_WORDS: Final = {_plain(slug).casefold(): words for slug, words in TERMS.items()}


def term(slug: str, language: Language) -> str:
    """Say a slug in words; a slug without words is shown with spaces, its parts one by one.

    >>> from atalaya.publishing.site.languages import language
    >>> term("votes-in-favour", language("en"))
    'in favour'
    >>> term("drug-deaths/any-opioid", language("en"))
    'drug deaths: any opioid'
    """
    words = _plain(slug)
    known = _BY_WORDS.get(words.casefold())
    if known is None and "/" in slug:
        return ": ".join(term(part, language) for part in slug.split("/"))
    return words if known is None else language.say(known)
