"""Chemistry: where a structure stands among the substances of the register.

Enters: a structure as SMILES or InChI. Leaves: its InChIKey, the family whose core it holds and the
scheduled substances nearest to it. Nothing is written. It needs RDKit (the extra ``chemistry``);
without it, and for a structure that cannot be read, the error says what to do. A place is a
comparison of structures and no legal opinion. Door: ``placing.place``.
"""
