"""Say what a change of indicator sends to the browser, the largest messages first.

python -m benchmarks.explain [area code]
"""

from __future__ import annotations

import sys

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.measure import OpenPage, ward_map
from scripts.serving import Server, open_browser


def describe_message(payload: bytes) -> str:
    """Return what a message carries: its kind, its place on the page, and how it begins."""
    message = ForwardMsg()
    message.ParseFromString(payload)
    kind = str(message.WhichOneof("type"))
    if kind != "delta" or message.delta.WhichOneof("type") != "new_element":
        return kind
    element = message.delta.new_element
    what = str(element.WhichOneof("type"))
    words = " ".join(str(getattr(element, what)).split())
    return f"{what} {list(message.metadata.delta_path)} {words[:90]}"


def main() -> None:
    """Change the indicator twice and list the messages of the second change."""
    area = sys.argv[1] if len(sys.argv) > 1 else "E07000011"
    payloads: list[bytes] = []
    with Server() as server, open_browser() as browser:
        page = OpenPage(browser, server, ward_map(area), payloads)
        page.change()
        payloads.clear()
        milliseconds, size = page.change()
    unpacked = sum(len(payload) for payload in payloads)
    print(f"{len(payloads)} messages of {unpacked:,} bytes, {size:,} bytes on the line")
    print(f"painted after {milliseconds:,.0f} ms\n")
    for payload in sorted(payloads, key=len, reverse=True)[:25]:
        print(f"{len(payload):>9,}  {describe_message(payload)}")


if __name__ == "__main__":
    main()
