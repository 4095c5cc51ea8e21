"""Find a Chromium for the browser tests, screenshots and benchmarks, or install one.

`python scripts/browser.py` prints its path; with `--install` it installs one if there is none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Nothing but the page under test may use the network; --no-sandbox lets root run it.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def works(path: str) -> bool:
    """Tell whether the program starts (a snap stub in a container does not)."""
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and b"." in answer.stdout


def find_playwright_browser() -> str | None:
    """Return the browser that `playwright install` fetched, or None."""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() and works(path) else None


def find_browser() -> str | None:
    """Return the path of a Chromium: $CHROMIUM, one on the PATH, or Playwright's own."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen
    found = (path for name in NAMES if (path := shutil.which(name)) and works(path))
    return next(found, None) or find_playwright_browser()


def install_browser() -> None:
    """Install Debian's Chromium where we may, else Playwright's own."""
    become_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and (not become_root or shutil.which("sudo")):
        apt = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq",
           "-o", "DPkg::Lock::Timeout=300"]  # fmt: skip
        subprocess.run([*apt, "update"], stdin=subprocess.DEVNULL, check=False)
        install = [*apt, "install", "-y", "--no-install-recommends", "chromium"]
        subprocess.run(install, stdin=subprocess.DEVNULL, check=False)
        if find_browser():
            return
    playwright = [sys.executable, "-m", "playwright"]
    subprocess.run([*playwright, "install", "chromium"], check=False)
    if not find_browser() and not become_root:
        subprocess.run([*playwright, "install-deps", "chromium"], check=False)


def main() -> None:
    """Print the path of a browser, installed first if that is asked for."""
    if not find_browser() and "--install" in sys.argv[1:]:
        print("Installing a browser for the tests …", flush=True)
        install_browser()
    path = find_browser()
    if path is None:
        raise SystemExit("No Chromium found. Install one, or set CHROMIUM to its path.")
    if "--install" not in sys.argv[1:]:
        print(path)


if __name__ == "__main__":
    main()
