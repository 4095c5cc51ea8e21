"""Fetching over the network: patience with faults, and none with half a file.

A download grows in a folder of its own (`.refresh` beside the raw files) together with a small
state file. It is moved to its place in one step, when it is whole and its reader accepts it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from tqdm import tqdm
from urllib3 import Retry
from urllib3.exceptions import NewConnectionError

from data.errors import DataError

USER_AGENT = "ward-needs-dashboard/0.1 (fetches open data on request)"
TIMEOUT = (10, 90)
"""Seconds to wait for a connection, and for the next bytes."""
BUSY = (429, 500, 502, 503, 504)
TRIES = 5
BACK_OFF = 1.0
LONGEST_WAIT = 300
"""Seconds: nobody is kept longer, whatever pause a server asks for."""
CHUNK = 256 * 1024

Result = TypeVar("Result")


class DownloadError(DataError):
    """A publisher's server did not give what was asked for; the message says why."""


def open_session() -> requests.Session:
    """A session that says who it is, and tries again where that can help.

    Refused connections are tried once more; busy servers `TRIES` times, with growing pauses
    or the pause the server asks for (Retry-After). Broken answers are for `persist`.
    """
    retry = Retry(
        total=TRIES,
        connect=1,
        read=0,
        status_forcelist=BUSY,
        backoff_factor=BACK_OFF,
        retry_after_max=LONGEST_WAIT,
        allowed_methods=("GET",),
        raise_on_status=False,
    )
    session = requests.Session()
    session.headers.update({"User-Agent": USER_AGENT})
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    return session


def check_answer(response: requests.Response, kind: str = "CSV") -> None:
    """Stop at an answer that is not data.

    Raises:
        DownloadError: an error status, or a web page where a table was expected.
    """
    host = urlsplit(response.url).hostname
    if response.status_code in BUSY:
        raise DownloadError(
            f"{host} is busy or out of order (status {response.status_code}); try again later."
        )
    if response.status_code >= 400:
        raise DownloadError(
            f"{host} refuses the request (status {response.status_code}); "
            f"the address may have changed: {response.url}"
        )
    if "html" in response.headers.get("Content-Type", "").lower():
        raise DownloadError(
            f"{host} sent a web page instead of {kind}; look at it in a browser: {response.url}"
        )


def check_digest(response: requests.Response, content: bytes) -> None:
    """Compare with the checksum that the server gave (`Repr-Digest`, RFC 9530), if it gave one.

    Raises:
        DownloadError: the content is not what the server meant to send.
    """
    promised = promised_digest(response)
    if promised and promised != hashlib.sha256(content).hexdigest():
        raise DownloadError(f"{response.url} does not have the checksum that its server gave.")


def promised_digest(response: requests.Response) -> str:
    """The SHA-256 checksum of the whole file that the server gave, in hex, or ""."""
    for part in response.headers.get("Repr-Digest", "").split(","):
        name, _, value = part.strip().partition("=")
        if name.lower() == "sha-256":
            return base64.b64decode(value.strip(":")).hex()
    return ""


def persist(action: Callable[[], Result], url: str) -> Result:
    """Do something over the network, again if the connection breaks on the way.

    Raises:
        DownloadError: no connection at all, no secure one, or it broke `TRIES` times.
    """
    host = urlsplit(url).hostname
    for attempt in range(1, TRIES + 1):
        try:
            return action()
        except requests.exceptions.SSLError as error:
            raise DownloadError(f"The secure connection to {host} failed: {error}") from error
        except requests.RequestException as error:
            if _never_connected(error):
                raise DownloadError(f"No connection to {host}; is this computer online?") from error
            problem = error
        if attempt < TRIES:
            time.sleep(BACK_OFF * 2**attempt)
    raise DownloadError(
        f"The connection to {host} broke {TRIES} times; the same command goes on from there."
    ) from problem


def _never_connected(error: requests.RequestException) -> bool:
    """Whether not even a connection was made: then trying again at once is of no use."""
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.ProxyError):
        return True
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(reason, NewConnectionError)


class Download:
    """One file on its way: what has arrived, and what is known of it.

    `state` is kept beside the file and holds `bytes`, how much of the file counts, and
    whatever its module adds. `resume` says whether earlier bytes can be used.
    """

    def __init__(self, folder: Path, source_id: str, file: str, *, quiet: bool = False) -> None:
        """Prepare; nothing is written before the first bytes arrive."""
        self.folder, self.file, self.quiet = folder, file, quiet
        self.staging = folder / ".refresh" / source_id
        self.path = self.staging / file
        self.target = folder / file
        self.session = open_session()
        self.state: dict[str, Any] = {}

    @property
    def _state_file(self) -> Path:
        return self.staging / "state.json"

    @property
    def size(self) -> int:
        """How many bytes of the file count so far."""
        return int(self.state.get("bytes", 0))

    def resume(self, **expected: object) -> bool:
        """Take up an earlier download if all that is `expected` holds for it; else forget it.

        Bytes that came after the last saved state are cut off.
        """
        try:
            state = json.loads(self._state_file.read_text(encoding="utf-8"))
            whole = self.path.stat().st_size >= state["bytes"]
        except (OSError, ValueError, KeyError):
            state, whole = {}, False
        if not whole or any(state.get(name) != value for name, value in expected.items()):
            self.forget()
            self.state = dict(expected)
            return False
        os.truncate(self.path, state["bytes"])
        self.state = state
        return True

    def append(self, content: bytes, **known: object) -> None:
        """Add bytes to the file and remember what is now known of it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        self.state.update(known, bytes=self.size + len(content))
        draft = self._state_file.with_suffix(".new")
        draft.write_text(json.dumps(self.state), encoding="utf-8")
        draft.replace(self._state_file)

    def forget(self) -> None:
        """Throw away what has arrived so far."""
        shutil.rmtree(self.staging, ignore_errors=True)
        self.state = {}
        _remove_if_empty(self.staging.parent)

    def bar(self, total: int | None, unit: str, done: int) -> tqdm:
        """A progress bar; none where nobody looks."""
        hidden = True if self.quiet else None
        return tqdm(total=total, initial=done, unit=unit, desc=self.file, disable=hidden,
                    unit_scale=True, leave=False)  # fmt: skip

    def put_in_place(self) -> str:
        """Move the whole file to its place with its checksum beside it; return the checksum."""
        checksum = hashlib.sha256(self.path.read_bytes()).hexdigest()
        note = self.path.with_name(f"{self.path.name}.sha256")
        note.write_text(f"{checksum}  {self.path.name}\n", encoding="utf-8")
        self.target.parent.mkdir(parents=True, exist_ok=True)
        self.path.replace(self.target)
        note.replace(self.target.with_name(note.name))
        self.forget()
        return checksum


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def fetch_file(download: Download, url: str, today: str) -> None:
    """Fetch one file as a stream; after a break only the rest of it (Range, If-Range).

    The rest is asked for only if the server gave the file a strong ETag, so that two releases
    are never mixed; without one, or if the file has changed since, it is fetched anew.

    Raises:
        DownloadError: see `persist`, `check_answer` and `check_digest`.
    """
    download.resume(url=url, day=today)
    persist(lambda: _stream(download, url), url)
    if not download.size:
        raise DownloadError(f"{urlsplit(url).hostname} sent an empty file: {url}")
    promised = download.state.get("digest")
    if promised and hashlib.sha256(download.path.read_bytes()).hexdigest() != promised:
        download.forget()
        raise DownloadError(f"The file does not have the checksum that its server gave: {url}")


def _stream(download: Download, url: str) -> None:
    etag, day = str(download.state.get("etag", "")), download.state["day"]
    # Bytes of a packed answer cannot be counted, so none is asked for.
    headers = {"Accept": "text/csv", "Accept-Encoding": "identity"}
    if download.size and etag.startswith('"'):
        headers |= {"Range": f"bytes={download.size}-", "If-Range": etag}
    with download.session.get(url, headers=headers, stream=True, timeout=TIMEOUT) as response:
        if response.status_code == 416:
            download.forget()
            download.state = {"url": url, "day": day}
            raise requests.exceptions.ChunkedEncodingError("there is no such part")
        check_answer(response)
        rest = response.headers.get("Content-Range", "")
        if response.status_code != 206 or not rest.startswith(f"bytes {download.size}-"):
            download.forget()
            download.state = {"url": url, "day": day}
        if response.status_code == 206 and not download.size:
            raise requests.exceptions.ChunkedEncodingError("not the part that was asked for")
        known = {"etag": response.headers.get("ETag", ""), "digest": promised_digest(response)}
        left = response.headers.get("Content-Length")
        total = int(left) + download.size if left else None
        with download.bar(total, "B", download.size) as bar:
            for chunk in response.iter_content(CHUNK):
                download.append(chunk, **known)
                bar.update(len(chunk))
