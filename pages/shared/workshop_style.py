"""What the page Workshop adds to the common style: large letters on the wall, nothing around."""

import streamlit as st

from analysis.palette import MAP_COLOURS
from pages.shared.page import current_theme

STYLE = """
<style>
.needs-qr {width: 100%; max-width: 260px; height: auto; display: block; border-radius: 4px;
  border: 1px solid color-mix(in srgb, currentColor 22%, transparent);}
.needs-join p {margin: 4px 0 0; line-height: 1.35; overflow-wrap: anywhere;}
.needs-join .code {font-size: 2rem; font-weight: 600; letter-spacing: .12em; line-height: 1.2;
  white-space: nowrap;}
.needs-join .link {font-size: 1rem;}
.needs-joined {font-size: 1.125rem; margin: 0;}
.needs-joined b {font-size: 1.75rem; font-weight: 600;}
.needs-said {margin: 0; padding: 0 !important; list-style: none;}
.needs-said li {margin: 0 0 12px !important; padding: 0 0 0 12px; line-height: 1.4; font-size: 1rem;
  border-left: 4px solid color-mix(in srgb, currentColor 40%, transparent);
  overflow-wrap: anywhere;}
.needs-said small {display: block; font-size: .875rem; opacity: .85;}
.needs-narrow {display: none;}
@media (max-width: 640px) {
  .needs-narrow {display: block;}
  .stElementContainer:has(.needs-wide) + .stElementContainer {display: none;}
}
</style>
"""

WALL = """
<style>
header[data-testid="stHeader"] {display: none;}
.block-container {max-width: none !important; padding: 24px 40px 16px !important;}
.stMainBlockContainer h1 {font-size: clamp(1.75rem, 2.9vw, 3.5rem) !important; line-height: 1.15;}
.needs-subtitle {font-size: clamp(1rem, 1.25vw, 1.5rem); max-width: 60ch;}
.needs-note {font-size: clamp(.875rem, 1vw, 1.25rem); max-width: 90ch;}
.needs-qr {max-width: min(100%, 46vh);}
.needs-join .code {font-size: clamp(2rem, 3.3vw, 4rem);}
.needs-join .link {font-size: clamp(1rem, 1.25vw, 1.5rem);}
.needs-join .head {font-size: clamp(1.25rem, 1.7vw, 2rem); font-weight: 600;}
.needs-joined {font-size: clamp(1.125rem, 1.5vw, 1.75rem);}
.needs-joined b {font-size: clamp(1.75rem, 3vw, 3.5rem);}
.needs-said li {font-size: clamp(1.125rem, 1.6vw, 1.9rem); margin: 0 0 20px !important;}
.needs-said small {font-size: clamp(.875rem, 1vw, 1.25rem);}
.needs-scroll table {font-size: clamp(1rem, 1.25vw, 1.5rem);}
.needs-asked {margin: 0; padding-left: 0 !important; list-style-position: inside;}
.needs-asked li {font-size: clamp(1.25rem, 2vw, 2.4rem); line-height: 1.3;
  margin: 0 0 .5em !important;}
</style>
"""


# A chosen button stands on the theme's main colour, which is a light one in the dark.
DARK = f"""
<style>[data-testid="stBaseButton-primary"] * {{color: {MAP_COLOURS["dark"]["surface"]};}}</style>
"""


def put_workshop_style(*, wall: bool) -> None:
    """Put the style of the lead's view in place, or of the wall."""
    dark = DARK if current_theme() == "dark" else ""
    st.html(STYLE + dark + (WALL if wall else ""))
