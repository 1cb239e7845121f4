"""Documents: from bytes of a web page, a PDF or a feed's item to plain text that can be read.

Enters: a payload as received, with what its sender said of it. Leaves: one ``TextDocument``: title,
text, day of publication, language, and an issue for everything that was wrong, with place and
remedy. Nothing is fetched, written or invented: a missing date stays None, a page without text has
none, and bytes that cannot be read make an issue, never a crash.

Its door is ``opening.read(payload, media_type, address)``; ``feeds.item`` takes a feed's item.
"""
