"""Listings: what a feed, sitemap, page, interface, list of versions or folder says there is.

Enters: one page of a listing, its bytes as they came, and what its source declares. Leaves:
``Found`` - the documents it names, in its order, the further pages it leads to, and what was wrong
with it. Written: nothing, and nothing is fetched here. On failure: ``LookAtThis``, when nothing of
the page can be read; a page that breaks off gives what stands before the break, and says so.
"""

from __future__ import annotations

from atalaya.evidence.listings.answers import read_answer
from atalaya.evidence.listings.feeds import read_feed
from atalaya.evidence.listings.folders import read_folder
from atalaya.evidence.listings.items import Found, Listed, chosen
from atalaya.evidence.listings.links import read_links
from atalaya.evidence.listings.page import ListingPage
from atalaya.evidence.listings.sitemaps import read_sitemap
from atalaya.model.listings import Listing

__all__ = ["Found", "Listed", "ListingPage", "chosen", "read_folder", "read_listing"]


def read_listing(listing: Listing, page: ListingPage) -> Found:
    """Read one page of a listing.

    Args:
        listing: What its source declares.
        page: The page as it came.

    Returns:
        The documents it names, every one of them, and the pages it leads to.

    Raises:
        LookAtThis: Nothing of it can be read.
    """
    match listing.kind:
        case "feed":
            return read_feed(page)
        case "sitemap":
            return read_sitemap(page)
        case "pages":
            return read_links(page, listing.within)
        case _:
            return read_answer(page, listing)
