"""Other software that opens what we write: LibreOffice and Poppler, each test with its own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from scripts.tools import find_tool


def require_tool(name: str) -> str:
    """The path of a program; the test is skipped where it is missing, and fails in CI."""
    found = find_tool(name)
    if not found:
        assert not os.environ.get("CI"), f"{name} is not installed"
        pytest.skip(f"{name} is not installed")
    return found


def convert_to_pdf(content: bytes, ending: str, folder: Path) -> Path:
    """A Word, PowerPoint or Excel file as LibreOffice prints it."""
    program = require_tool("soffice")
    file = folder / f"document.{ending}"
    file.write_bytes(content)
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), str(file)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return file.with_suffix(".pdf")


def read_pdf(path: Path) -> str:
    """The text of a PDF, its white space made single."""
    from pypdf import PdfReader

    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())
