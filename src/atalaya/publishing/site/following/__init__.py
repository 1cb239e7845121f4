"""Following without visiting: Atom feeds of pages' dated facts, an ICS calendar of deadlines."""

from atalaya.publishing.site.following.calendar import calendar
from atalaya.publishing.site.following.feed import feed

__all__ = ["calendar", "feed"]
