"""A council's own figures: opened, understood, checked, counted into wards and described.

The flow, floor by floor (`docs/own-data.md` tells it in words):

    open_file(content, name)                  -> OwnFile        data/own/opening.py
    guess_mapping(sheet, council)             -> Mapping        data/own/guessing.py
        the visitor changes any of it: dataclasses.replace(mapping, …)
    check_sheet(sheet, mapping, council)      -> Checked        data/own/checking.py
    say_preview(checked)                      -> lines          data/own/preview.py
    suggest_entry(checked, measure)           -> OwnIndicator   data/own/entry.py
        the visitor fills in the rest: dataclasses.replace(entry, …); check_entry(entry)
    make_own_table(checked, entry)            -> OwnTable       data/own/tables.py
    protect_table(own, rules)                 -> Protected      analysis/disclosure.py

Only a `Protected` table is shown or exported. Nothing here keeps anything: the bytes, the
sheet, `Checked.set_aside` and `Checked.findings` are the visitor's own file and may hold
postcodes; `Checked.rows`, `OwnTable` and `Protected` never do.
"""
