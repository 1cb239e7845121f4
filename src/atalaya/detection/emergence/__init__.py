"""Emergence: evidence that a share has risen from almost nothing, valid however often one looks.

Enters: a panel of counts with denominators. Leaves: a `Judgement` whose statistic is the evidence
(an e-detector). `evidence` adds it up, `detector` says what it means. Pure: no input or output.
"""

from atalaya.detection.emergence.detector import Emergence

__all__ = ["Emergence"]
