"""What a page says, and what no page may say."""

from __future__ import annotations

import gzip
import html
import re

from streamlit.testing.v1 import AppTest

TEXTS = (
    "title",
    "header",
    "subheader",
    "markdown",
    "caption",
    "info",
    "warning",
    "success",
    "error",
)
# “Deaths due to Covid-19” is what the publisher counts.
NEVER = {
    "a missing figure as the computer writes it": r"\bnan\b|<NA>|\bNaT\b|\binf\b|\bundefined\b",
    "None where a word should stand": r"\bNone\b(?! of| here|\.|$)",
    "a code": r"\b[EW](?:0[0-9]|10|12|92)\d{6}\b",
    "the id of an indicator": r"\b[a-z]+[a-z0-9]*_[a-z0-9_]+\b",
    "a cause": r"\b(?:caused? (?:by|of)|leads? to(?! where)|due to(?! Covid-19)|driven by"
    r"|results? in|because of)\b",
    "blame": r"\b(?:worst (?:ward|place|area|council)s?|problem (?:ward|area)s?|failing)\b",
    "a placeholder": r"\{\w*\}|\bTODO\b|\blorem\b",
}


def as_seen(text: str) -> str:
    """The text as Markdown shows it: without the signs that keep letters plain."""
    return re.sub(r"\\(?=[\\`*_\[\]<>$~|&:#])", "", text).replace("\u2060", "")


def filled_html(app: AppTest) -> list[str]:
    """What `pages.shared.filled_html` shows, which travels packed."""
    components = [block.proto for block in app.get("bidi_component")]
    packed = [each.bytes for each in components if each.component_name == "filled_html"]
    return [gzip.decompress(body).decode() for body in packed]


def texts_of(app: AppTest) -> list[str]:
    """Every text on a page, without its tags and style sheets."""
    found = [as_seen(str(element.value)) for kind in TEXTS for element in app.get(kind)]
    bodies = [str(block.proto.body) for block in app.get("html")] + filled_html(app)
    # The line that names the ward on paper, by its code as well.
    bodies = [body for body in bodies if "needs-imprint" not in body]
    bodies = [re.sub(r"<style>.*?</style>", "", body, flags=re.DOTALL) for body in bodies]
    found += [html.unescape(re.sub(r"<[^>]+>", " ", body)) for body in bodies]
    found += [str(element.label) for element in [*app.button, *app.selectbox, *app.toggle]]
    # The name of an icon is drawn, not said.
    found = [re.sub(r":material/\w+:", "", text) for text in found]
    return [text for text in found if text.strip()]


def find_faults(app: AppTest) -> list[str]:
    """What the page says and should not; each with the words around it."""
    faults = []
    for text in texts_of(app):
        for what, pattern in NEVER.items():
            for hit in re.finditer(pattern, text):
                around = text[max(0, hit.start() - 40) : hit.end() + 40]
                faults.append(f"{what}: …{around}…")
    return faults
