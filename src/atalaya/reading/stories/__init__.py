"""Stories: reports of one happening share a key, and their independent origins are counted.

Enters: of each document what ``features.of`` gathers from its text and its mentions. Leaves: a
story key for each, and how many independent origins a story has. Precision goes first: reports
whose place, day, substance or quantity disagree stay apart, however alike their words. Held in
memory are some two hundred bytes a document; nothing is written.

Its doors are ``features.of``, ``grouping.Grouping`` and ``plausibility.doubts``.
"""
