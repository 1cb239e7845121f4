"""Who is who: names of organisations to bodies, without a list of all the world's bodies.

Enters: names, one after the other, perhaps in groups that were printed together; a register of
known aliases; what people decided. Leaves: for each name the body it stands for, how sure that is
and why. Nothing is read from a file or written here. Door: ``resolving.resolve``.
"""
