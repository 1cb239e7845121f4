"""Farrington's flexible algorithm: seasonal levels, a trend, past outbreaks weighed down.

Enters: a panel of counts. Leaves: a `Judgement` equal to R's ``farringtonFlexible`` where R has an
answer. `reference` says which earlier periods count, `fitting` fits them, `bounds` turns a fit into
a bound, `detector` puts them together. Pure: no input or output.
"""

from atalaya.detection.farrington.detector import FarringtonFlexible

__all__ = ["FarringtonFlexible"]
