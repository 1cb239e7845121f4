"""Relevance: is a text about drugs or drug policy, and how sure is that?

Enters: a text and its title as pages. Leaves: a label and a calibrated score, with the model's
version. About drugs is what speaks of illicit or controlled substances, their markets, use, harms,
treatment, crops, law and policy, access to controlled medicines included; not about drugs are
medicines as goods or science, doping, shares, films, and other senses of the same words
(``docs/models.md`` has the rules and the figures). Nothing is written.

Its door is ``scoring.score(page, title_page)``; ``cues.entries`` goes into the one lexicon.
"""
