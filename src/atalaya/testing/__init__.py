"""Testing: what Atalaya ships for those who write a plug-in, to see that it keeps its word.

Enters: a detector. Leaves: nothing, or an ``AssertionError`` that says which promise is broken and
on what input. Nothing is written. Atalaya's own tests run the same suite over its own detectors.
`simulation` makes worlds in which it is known what is new, and `scoring` says how much of it alarms
find and at what price: what docs/early-warning.md is measured with.
"""
