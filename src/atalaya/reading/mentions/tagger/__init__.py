"""A trained tagger of English sentences: what news of seizures and forums name, span by span.

Enters: a sentence. Leaves: spans of substances, amounts, places, bodies, facilities and hiding
places, each with how sure the model is. Two models ship, one learnt from news of seizures and one
from a forum; ``genre`` says which a text asks for. Weights are read once from ``data`` (their card:
``docs/models.md``); nothing else is read, nothing is written. A word that no training text held is
described by its shape and its neighbours, so nothing fails on unknown text.

Its doors are ``model.load(genre)`` and ``reconciling.mentions``; ``scripts/train_tagger.py`` makes
the weights from the same features.
"""
