"""What EARS may say of a period: codes that its compiled pass gives and its sentences explain."""

from __future__ import annotations

ABOVE, WITHIN, ABOVE_FLAT, NO_VARIANCE, GAPS = 16, 17, 18, 19, 20
# With gaps the observed periods of a baseline lie further back; one that reaches back more than
# twice as far as it would without gaps describes another time.
REACH = 2
