"""An observatory of one laboratory that publishes its table anew on several days."""

from datetime import datetime

from atalaya.evidence.captures import CaptureStore
from atalaya.evidence.fetching import Fetcher
from atalaya.evidence.log import Log, SigningKey
from atalaya.evidence.sources import load_sources
from atalaya.model.settings import FetchingSettings, Folder
from atalaya.pipeline.collecting import Kept, collect, logged_captures
from atalaya.pipeline.progress import Silent
from atalaya.pipeline.store import write_table
from atalaya.pipeline.tabulating import document_of, newest, read
from atalaya.series.counting import count
from atalaya.series.cutoff import Edition
from tests.material.clocks import StillClock
from tests.material.laboratory import counts_of, laboratory
from tests.material.laboratory import publish as published


class DatedVersions:
    """Every version is captured for good; the table ``series`` holds the newest."""

    def __init__(self, place, reporting):
        self.place, self.folder = place, Folder(place)
        table = counts_of("ARG", tested=False)
        laboratory(self.folder.sources, more=reporting, table=table)
        key = SigningKey.generate("test.example/log")
        self.log = Log.create(self.folder.log, key.name, key)
        self.store = CaptureStore(self.folder.evidence)
        self.declared = load_sources(self.folder.sources)
        self.folder.tables.mkdir()

    @property
    def captures(self):
        return logged_captures(self.store.all())

    def publish(self, day, series):
        """Let the laboratory publish substance -> month -> count on a day, and fetch it."""
        lines = [
            f"{name},{month},{cases}"
            for name, counted in series.items()
            for month, cases in counted.items()
        ]
        published(self.place / "mirror", ["substance,month,count", *lines])
        clock = StillClock(datetime.fromisoformat(f"{day}T09:00:00Z"))
        settings = FetchingSettings(mirror=str(self.place / "mirror"))
        with Fetcher(settings, clock) as fetcher:
            collect(self.declared, fetcher, Kept(self.store, self.log), Silent(), clock.now())
        known = newest(self.captures)
        said = read(self.declared, known, self.store, Silent())
        editions = {document_of(one).id: Edition(one.address, one.fetched_at) for one in known}
        table = count(said.claims, self.declared, editions).series
        write_table(self.folder.tables, "series", table)
        return table
