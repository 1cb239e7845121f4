"""Places: names of countries, divisions and towns to territories, and where a text happens.

Enters: pages (``mentions.page``) whose lexicon holds this part's ``entries()``. Leaves: mentions
with the label PLACE, whose identifier is a country or a first-level division and nothing finer
(R4), and the country a text is about with how sure that is and why. Nothing is written. What the
names leave open stays open: no identifier, or no country.

Its doors are ``mentions.mentions(page)`` and ``country.country(title, text, ...)``.
"""
