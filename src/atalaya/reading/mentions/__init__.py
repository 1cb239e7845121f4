"""Mentions: spans of a text that name a thing, found in one scan and judged around each find.

Enters: a text, as it was published. Leaves: mentions with character offsets into that text, each
with the rule or model that found it and how sure that is. Nothing is read from disk but the
registers and models that ship with the package, nothing is written. What a rule does not
understand is no mention: a doubtful one says so by its confidence, never by a guess.

Its door is ``page.Page.of(text, lexicon)``; each recogniser is a function of a page.
"""
