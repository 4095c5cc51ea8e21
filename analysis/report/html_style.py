"""The look of the HTML file, on screen by day and night, and on paper."""

STYLE = """
:root { color-scheme: light dark; --ink: #22292c; --soft: #4a5356; --paper: #fff;
  --line: #c9cfd2; --quiet: #f3f5f6; --accent: #12436d; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 60rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 "Source Sans 3", "Source Sans Pro", Arial, sans-serif; }
h1 { font-size: 2rem; line-height: 1.2; margin: 1rem 0 .25rem; }
h2 { font-size: 1.5rem; line-height: 1.25; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1.25rem; line-height: 1.3; margin: 1.75rem 0 .5rem; }
h4, h5, .title { font-size: 1.0625rem; line-height: 1.35; margin: 1.75rem 0 .25rem; }
p, li { max-width: 44rem; overflow-wrap: anywhere; }
a { color: var(--accent); }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; }
.lead { font-size: 1.25rem; color: var(--soft); margin: 0 0 1rem; }
.strong { font-size: 1.125rem; font-weight: 600; border-left: 4px solid var(--accent);
  padding-left: .75rem; }
.quiet, figcaption { font-size: .875rem; color: var(--soft); margin: .25rem 0; }
header dl { display: flex; flex-wrap: wrap; gap: .25rem 2rem; margin: 0; }
dt { font-size: .875rem; color: var(--soft); }
dd { margin: 0; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem; }
.facts > div { border-top: 3px solid var(--accent); padding-top: .5rem; }
.facts strong { display: block; font-size: 1.5rem; line-height: 1.3; }
.facts span { font-size: .875rem; color: var(--soft); }
nav ul { list-style: none; padding: 0; columns: 2 18rem; }
nav .level-2 { padding-left: 1.25rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9375rem; min-width: 50%;
  font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; min-width: 4.5rem; }
thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; }
tbody th { font-weight: 400; min-width: 9rem; }
.figure { text-align: right; }
.short { white-space: nowrap; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
figure { margin: .5rem 0; }
/* Drawings are made for paper: they keep their white ground by night. */
figure svg { background: #fff; max-width: min(100%, 45rem); height: auto; min-width: 30rem;
  display: block; }
summary { cursor: pointer; color: var(--accent); font-size: .9375rem; padding: .25rem 0; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .5rem;
  font-size: .875rem; color: var(--soft); }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ecee; --soft: #b4bdc1; --paper: #14191b; --line: #3a4448; --quiet: #1d2427;
    --accent: #7db8e8; }
  figure svg { border: .5rem solid #fff; border-radius: 4px; }
}
@media print {
  :root { --ink: #000; --soft: #333; --paper: #fff; --line: #999; --accent: #12436d; }
  @page { size: A4; margin: 18mm; }
  body { padding: 0; max-width: none; font-size: 10.5pt; }
  .skip, details { display: none; }
  section.level-1 { break-before: page; }
  h2, h3, h4, h5, .title { break-after: avoid; }
  figure, tr, .facts { break-inside: avoid; }
  thead { display: table-header-group; }
  .wide { overflow: visible; }
  figure svg { border: 0; min-width: 0; max-height: 210mm; }
}
"""
