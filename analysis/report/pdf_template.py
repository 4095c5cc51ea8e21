"""The template of the PDF, in the language of Typst. It is constant: no text is put into it.

The document comes as data (`sys.inputs.document`, JSON), and Typst takes a text from data as
text, whatever stands in it.
"""

TEMPLATE = """
#let document-data = json(bytes(sys.inputs.document))
#let accent = rgb("#12436D")
#let ink = rgb("#22292C")
#let soft = rgb("#4A5356")
#let line-colour = rgb("#C9CFD2")

#set document(
  title: document-data.title,
  author: document-data.author,
  description: document-data.subtitle,
  date: datetime(..document-data.date),
)
#set text(
  font: ("Source Sans Pro", "DejaVu Sans Mono"),
  size: 10.5pt, fill: ink, lang: document-data.lang, region: document-data.region,
)
#set par(leading: 0.62em, spacing: 0.9em)
#set page(
  paper: "a4",
  margin: (x: 20mm, top: 20mm, bottom: 22mm),
  footer: context if counter(page).get().first() > 1 {
    set text(size: 8.5pt, fill: soft)
    grid(
      columns: (1fr, auto), column-gutter: 8mm,
      document-data.running,
      [Page #counter(page).display() of #counter(page).final().first()],
    )
  },
)

// Text keeps its line breaks; everything else in it is only letters.
#let say(words) = words.split("\\n").join(linebreak())
#let quiet(words) = text(size: 8.5pt, fill: soft, say(words))

#show heading: set text(fill: accent, weight: "bold")
#show heading.where(level: 1): set text(size: 19pt)
#show heading.where(level: 2): set text(size: 14pt)
#show heading.where(level: 2): set block(above: 1.6em, below: 0.8em)
#show link: set text(fill: accent)
#show figure.where(kind: table): set block(breakable: true)
#show figure: set align(left)
#show figure: set block(above: 1.5em, below: 0.8em)
#set figure(gap: 0.6em)
#set figure.caption(position: top, separator: [. ])
#show figure.caption: set align(left)
#show figure.caption: set text(size: 11pt, weight: "semibold")
#show figure.caption: set block(sticky: true)
#set table(stroke: (x, y) => (
  top: none, left: none, right: none,
  bottom: if y == 0 { 1pt + ink } else { 0.4pt + line-colour },
))
#set table(inset: (x: 4pt, y: 3.4pt))

#let show-facts(block-data) = {
  show grid: set block(above: 1.2em, below: 1.6em)
  grid(
    columns: (1fr,) * 4, column-gutter: 5mm, row-gutter: 6mm,
    ..block-data.facts.map(fact => block(
      width: 100%, stroke: (top: 2pt + accent), inset: (top: 6pt), breakable: false, {
        set par(spacing: 0.6em)
        par(text(size: 9.5pt, fill: soft, say(fact.label)))
        par(text(size: 15pt, weight: "bold", fill: accent, say(fact.value)))
        if fact.note != "" { par(text(size: 9.5pt, fill: soft, say(fact.note))) }
      },
    )),
  )
}

#let show-part(part, size) = {
  set text(size: size * 1pt, number-width: "tabular", hyphenate: false)
  table(
    columns: part.widths.map(width => width * 1pt),
    align: (x, y) => (if part.figures.at(x) { right } else { left }) + top,
    table.header(..part.headings.map(heading => strong(say(heading)))),
    ..part.rows.flatten().map(say),
  )
}

#let show-table(block-data) = {
  let body = {
    for (place, part) in block-data.parts.enumerate() {
      figure(
        kind: table, supplement: [Table], outlined: false,
        caption: say(part.caption), numbering: if place == 0 { "1" } else { none },
        show-part(part, part.size),
      )
    }
    if block-data.parts.len() == 0 {
      text(size: 11pt, weight: "semibold", say(block-data.title)); parbreak(); quiet("No rows.")
    }
    for note in block-data.notes { quiet(note); parbreak() }
  }
  if block-data.landscape { page(flipped: true, body) } else { body }
}

#let show-picture(block-data) = {
  if block-data.svg == none {
    block(sticky: true, text(size: 11pt, weight: "semibold", say(block-data.title)))
    say(block-data.description); parbreak()
  } else {
    figure(
      kind: image, supplement: [Figure], outlined: false, caption: say(block-data.title),
      {
        if block-data.subtitle != "" { block(sticky: true, quiet(block-data.subtitle)) }
        image(
          bytes(block-data.svg), format: "svg", width: block-data.width * 1mm,
          alt: block-data.description,
        )
      },
    )
  }
  for source in block-data.sources { quiet(source); parbreak() }
}

#let show-block(block-data) = {
  if block-data.kind == "paragraph" {
    if block-data.tone == "quiet" { par(quiet(block-data.text)) }
    else if block-data.tone == "strong" {
      par(text(size: 12pt, weight: "semibold", say(block-data.text)))
    } else { par(say(block-data.text)) }
  } else if block-data.kind == "bullets" { list(..block-data.items.map(say), spacing: 0.8em) }
  else if block-data.kind == "facts" { show-facts(block-data) }
  else if block-data.kind == "table" { show-table(block-data) }
  else { show-picture(block-data) }
}

// The title page.
#v(60mm)
#{
  show title: set text(size: 28pt, fill: accent, weight: "bold")
  show title: set par(leading: 0.4em)
  title()
}
#text(size: 15pt, fill: soft, say(document-data.subtitle))
#v(8mm)
#for (name, words) in document-data.facts [
  #text(fill: soft)[#name:] #say(words)

]
#v(12mm)
#{
  set heading(bookmarked: false)
  show heading: set text(size: 14pt)
  show outline.entry.where(level: 1): set block(above: 0.8em)
  outline(title: [Contents], depth: 2)
}
#show heading.where(level: 1): it => { pagebreak(weak: true); block(below: 1em, it) }
#for section in document-data.sections {
  heading(level: section.level, say(section.heading))
  for part in section.blocks { show-block(part) }
}
"""
