"""Signs by which how-to and market content is found; see ``signs``."""
