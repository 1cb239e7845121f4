"""The web: shows the latest release, and takes what reviewers decide.

Enters: requests of readers and reviewers, the releases of an observatory. Leaves: pages, their JSON
twins, an interface for programs, files of the release. Written: nothing here; decisions go through
the review desk that is handed in. A request that cannot be answered gets a page that says why.
Door: ``app.create_app``.
"""
