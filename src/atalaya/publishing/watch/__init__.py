"""What a person sees of their own sheet: sentences, a page to open, a draft notification.

Enters: a `WatchReport`. Leaves: text in English, Spanish or Portuguese, JSON lines, and one HTML
page that needs nothing beside itself: no script, no address of any other place. Nothing is written
here; who calls decides where. Small counts are shown as they are, and every form says that it is
private.
"""
