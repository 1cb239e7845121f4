"""Files of the release: those its manifest lists, whole, and nothing else."""

from __future__ import annotations

import mimetypes
from pathlib import Path, PurePosixPath

from fastapi import APIRouter, Response

from atalaya.model.errors import Place, StopEverything, WrongUse
from atalaya.model.identifiers import sha256_hex
from atalaya.model.sentences import sentence
from atalaya.publishing.manifest import NAME as MANIFEST
from atalaya.publishing.opening import proof_beside
from atalaya.publishing.site.viewing import ReleaseView
from atalaya.web.shelf import Shelf


def download_routes(shelf: Shelf) -> APIRouter:
    """Make the route of downloads."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/release/{path:path}")
    def file(path: str) -> Response:
        release = shelf.site().edition.release
        name = PurePosixPath(path).name
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(
            listed_file(release, path),
            media_type=kind,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    return routes


def listed_file(release: ReleaseView, path: str) -> bytes:
    """Read a file that the manifest lists, and check it against its hash; or manifest and proof.

    Args:
        release: The release.
        path: Path as the manifest writes it; pages are read as pages.

    Raises:
        WrongUse: The manifest does not list it, so it is not given out.
        StopEverything: It is not what was published.
    """
    proof = proof_beside(release.path.resolve())
    beside = {MANIFEST: release.path / MANIFEST, proof.name: proof}
    if path in beside:  # no manifest lists itself: the proof is what it is checked against
        return beside[path].read_bytes()
    said = release.manifest["files"].get(path)
    if said is None or path.startswith("site/"):
        raise WrongUse(
            sentence("the release gives out no file {path!r}", path=path),
            do=sentence("the downloads are listed"),
        )
    content = (release.path / Path(path)).read_bytes()
    if sha256_hex(content) != said["sha256"]:
        raise StopEverything(
            f"{path} is not the file that was published",
            why="a file that changed after publication proves nothing",
            do="run `atalaya verify` and restore the release from a copy",
            where=Place(path),
        )
    return content
