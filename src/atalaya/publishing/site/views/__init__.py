"""What each page says, as frozen records: the page and its JSON twin are made from the same one.

Enters: an edition of a release, a visit, and the page's key. Leaves: one view. Nothing is written.
A key that names nothing is refused with ``WrongUse``.
"""
