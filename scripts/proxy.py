"""Run nginx with the file of `deploy/` before two servers, on free ports of loopback."""

from __future__ import annotations

import re
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from scripts.running import Running, answers_in_time
from scripts.serving import ROOT, free_port
from scripts.tools import find_tool

EXAMPLE = ROOT / "deploy" / "nginx.conf"
EXAMPLE_PORTS = (8501, 8502)

# What Debian's own nginx.conf has around such a file, with everything in one folder.
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def put_in_ports(text: str, port: int, server_ports: Sequence[int]) -> str:
    """The example with other ports: where nginx listens, on loopback, and where the servers do.

    Args:
        text: of `deploy/nginx.conf`.
        port: for nginx.
        server_ports: of the two servers, in the order of the example.

    Raises:
        ValueError: the example does not name what has to be replaced.
    """
    changes = {r"listen 80;": f"listen 127.0.0.1:{port};"}
    changes |= {
        rf":{old}\b": f":{new}" for old, new in zip(EXAMPLE_PORTS, server_ports, strict=True)
    }
    for old, new in changes.items():
        text, count = re.subn(rf"(?m)^([^#\n]*){old}", rf"\g<1>{new}", text)
        if not count:
            raise ValueError(f"{EXAMPLE.name} does not hold {old}")
    return text


class Proxy(Running):
    """nginx before two servers, from `with` to the end of the block; it must be installed."""

    def __init__(self, server_ports: Sequence[int]) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.server_ports = server_ports

    def start(self) -> None:
        """Write nginx's files, start it and wait until it accepts connections.

        Raises:
            RuntimeError: it ended or did not start in time; its log is in the message.
        """
        self.kept = tempfile.TemporaryDirectory(prefix="nginx-")
        folder = Path(self.kept.name)
        folder.chmod(0o755)  # nginx's workers give up the rights of root
        site = put_in_ports(EXAMPLE.read_text(encoding="utf-8"), self.port, self.server_ports)
        (folder / "site.conf").write_text(site, encoding="utf-8")
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder), encoding="utf-8")
        self.log = folder / "error.log"
        command = [str(find_tool("nginx")), "-e", str(self.log), "-p", str(folder),
                   "-c", str(folder / "nginx.conf")]  # fmt: skip
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        if not answers_in_time(self.process, self.is_listening, seconds=10):
            words = self.log.read_text(encoding="utf-8") if self.log.exists() else ""
            raise RuntimeError(f"nginx did not start:\n{words}")

    def is_listening(self) -> bool:
        """Whether nginx accepts connections."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> None:
        """End nginx; its files go with it."""
        self.end_process()
        self.kept.cleanup()
