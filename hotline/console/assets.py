"""Static files of the console, under an address that changes with them: cached for ever."""

import gzip
import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from hotline.kernel.languages import LANGS

TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ftl": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".wav": "audio/wav",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}
CATALOGUES = ("common.ftl", "console.ftl")
_NOT_SERVED = (".d.ts",)
_COMPRESSED_ALREADY = (".woff2",)
_SMALL = 200  # bytes: below this gzip only adds
# A static import or re-export; `import(...)` is loaded later and so never preloaded.
_IMPORT = re.compile(
    r"""^\s*(?:import|export)\s+(?:[^'";]*?\sfrom\s+)?['"](\.[^'"]+)['"]""", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file in memory, with its gzip form where that is smaller."""

    body: bytes
    gzipped: bytes | None
    content_type: str


def read_tree(static: Path, locales: Path) -> dict[str, bytes]:
    """Every file that may be served, by its path; catalogues appear as ftl/<lang>.ftl."""
    files = {
        path.relative_to(static).as_posix(): path.read_bytes()
        for path in sorted(static.rglob("*"))
        if path.is_file() and path.suffix in TYPES and not path.name.endswith(_NOT_SERVED)
    }
    for lang in LANGS:
        parts = [locales / lang / name for name in CATALOGUES]
        texts = [part.read_bytes() for part in parts if part.is_file()]
        files[f"ftl/{lang}.ftl"] = b"\n".join(texts)
    return files


def tree_hash(files: Mapping[str, bytes]) -> str:
    """The name of this state of all files: 16 hex digits over paths and contents."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()[:16]


def imports(source: str) -> list[str]:
    """The relative addresses a module needs before it can run, in order."""
    return _IMPORT.findall(source)


def closure(files: Mapping[str, bytes], entry: str) -> list[str]:
    """The entry and all it imports statically, breadth first; a missing module is an error."""
    found = [entry]
    for name in found:
        folder = posixpath.dirname(name)
        for address in imports(files[name].decode()):
            needed = posixpath.normpath(posixpath.join(folder, address))
            if needed not in files:
                message = f"{name} imports {needed}, which is not there"
                raise FileNotFoundError(message)
            if needed not in found:
                found.append(needed)
    return found


def _asset(name: str, body: bytes) -> Asset:
    suffix = posixpath.splitext(name)[1]
    packed = None
    if len(body) > _SMALL and suffix not in _COMPRESSED_ALREADY:
        squeezed = gzip.compress(body, compresslevel=9, mtime=0)
        packed = squeezed if len(squeezed) < len(body) else None
    return Asset(body, packed, TYPES[suffix])


class Assets:
    """The files of one build, held in memory; made once at start because reading blocks."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.tree = tree_hash(files)
        self.base = f"/console/{self.tree}/"
        self._assets = {name: _asset(name, body) for name, body in files.items()}
        self._files = files

    @classmethod
    def read(cls, guests: Mapping[str, Path] | None = None) -> "Assets":
        """Reads the package's own files, and `guests` that are kept elsewhere."""
        here = Path(__file__).parent
        files = read_tree(here / "static", here.parent / "locales")
        return cls(files | {name: path.read_bytes() for name, path in (guests or {}).items()})

    def names(self) -> Iterable[str]:
        """The paths that are served below `base`."""
        return self._assets.keys()

    def preload(self, entry: str) -> list[str]:
        """Full addresses for <link rel=modulepreload>, so that no import waits for another."""
        return [self.base + name for name in closure(self._files, entry)]

    def catalogue(self, lang: str) -> str:
        """The texts of the console in one language, for the boot block of the shell."""
        return self._files[f"ftl/{lang}.ftl"].decode()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serves /console/{tree}/{path}; another tree's address is gone, never a newer file."""
        asset = self._assets.get(request.match_info["path"])
        if request.match_info["tree"] != self.tree or asset is None:
            raise web.HTTPNotFound
        headers = {
            "Content-Type": asset.content_type,
            "Cache-Control": "public, max-age=31536000, immutable",
            "Vary": "Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
        }
        body = asset.body
        if asset.gzipped is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
            body = asset.gzipped
            headers["Content-Encoding"] = "gzip"
        return web.Response(body=body, headers=headers)
