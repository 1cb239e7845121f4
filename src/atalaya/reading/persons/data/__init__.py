"""Names, places and words by which persons are found; see ``names`` and ``cues``."""
