"""The site: what a release looks like to a reader, served or as a static copy.

Enters: a published release (already safe to show), names from the registers, a visit (language,
date, day of reading). Leaves: HTML pages, their JSON twins, charts as SVG. Written: only below the
folder that ``writing.write_site`` is given. On failure nothing of the page is shown; what cannot be
found or read is refused with the error tree.
Doors: ``Site``, ``Edition``, ``Visit``, ``ServedLinks``, ``writing.write_site``.
"""

from atalaya.publishing.site.edition import Edition
from atalaya.publishing.site.links import ServedLinks, StaticLinks
from atalaya.publishing.site.rendering import Shown, Site
from atalaya.publishing.site.visits import Visit

__all__ = ["Edition", "ServedLinks", "Shown", "Site", "StaticLinks", "Visit"]
