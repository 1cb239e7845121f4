"""Analysis: a text of an open source, read for all that Atalaya looks for in it.

Enters: one text with its title, language, day and address as far as they are known. Leaves: an
``Analysis``: mentions, whether it is about drugs, where it happened, what tells its story apart,
and the text without private persons. Nothing is written. What cannot be used becomes an issue of
that document; one document never stops another.

Its doors are ``documents.documents`` for lines of JSON and ``analyst.Analyst.analyse``.
"""
