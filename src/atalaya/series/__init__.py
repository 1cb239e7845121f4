"""Series: counts with denominators and gaps, from claims or from a person's own sheet of counts.

Enters: claims, or rows of counts. Leaves: the ``series`` table and panels, which are arrays of
series by periods. Nothing is written. A gap stays a gap and is never turned into a zero unless the
person who gives the counts says that a missing row means zero.
"""
