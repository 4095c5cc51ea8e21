"""What the pages about need add to the common style."""

import streamlit as st

STYLE = """
<style>
.needs-vision {font-size: 1.0625rem; line-height: 1.5; margin: 0; max-width: 75ch;}
.needs-mark {font-size: .875rem; opacity: .85;}
.needs-ward h3 {font-size: 1.25rem; padding: 0; margin: 0;}
.needs-words h3 {font-size: 1rem; font-weight: 600; padding: 0; margin: .75rem 0 .25rem;}
.needs-words p {margin: 0 0 .25rem; line-height: 1.4;}
.needs-words ul {margin: 0 0 .25rem; padding-left: 1.25rem;}
.needs-words li {line-height: 1.4; margin: 0 0 .25rem; font-size: 1rem; overflow-wrap: anywhere;}
.needs-columns {display: grid; gap: 8px 32px;
  grid-template-columns: repeat(auto-fit, minmax(min(280px, 100%), 1fr));}
.needs-columns > :last-child {grid-column: 1 / -1;}
.needs-smalls {display: grid; gap: 16px; margin: 8px 0 0;
  grid-template-columns: repeat(auto-fit, minmax(min(200px, 44%), 1fr));}
.needs-small {margin: 0; padding: 8px; border: 1px solid transparent; border-radius: 4px;
  display: flex; flex-direction: column; justify-content: space-between; max-width: 340px;}
.needs-small.chosen {border-color: color-mix(in srgb, currentColor 45%, transparent);}
.needs-small figcaption {font-size: .9375rem; line-height: 1.35; min-height: 4.1em;}
.needs-small img {width: 100%; height: auto;}
@media print {.needs-small {break-inside: avoid;}}
.needs-legend {list-style: none; display: flex; flex-wrap: wrap; gap: 4px 16px;
  padding: 0 !important; margin: 0 !important; font-size: .875rem;}
.needs-legend li {display: flex; align-items: center; gap: 6px; font-size: .875rem;
  margin: 0 !important;}
.needs-legend span {width: 21px; height: 15px; border-radius: 2px; display: inline-block;
  border: 1px solid color-mix(in srgb, currentColor 40%, transparent);}
.needs-legend .none {background-image: radial-gradient(currentColor 1px, transparent 1.2px);
  background-size: 5px 5px;}
@media (min-width: 1600px) {
  .block-container {max-width: 1640px;}
  .needs-words li, .needs-words p, .needs-ward p, .needs-subtitle {font-size: 1.125rem;}
  .needs-small figcaption {font-size: 1.0625rem;}
  .needs-note {font-size: 1rem;}
}
</style>
"""


def put_need_style() -> None:
    """Put the style of the pages about need in place."""
    st.html(STYLE)
