"""What a person's own sheet says: what is new in it, how sure, and what cannot be said.

Enters: the rows of a sheet and its series. Leaves: a `News`: findings, strongest first, what was
not assessed and why, and where what was sold differs from what was found. Nothing is written, and
no finding is an alert. Nothing here is for publication: small counts are shown as they are.

The door is ``findings.sheets.news.news``.
"""
