"""What people write is shown letter by letter, never as Markdown, HTML, icons or links."""

import pytest

from pages.shared.plain import as_plain


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a *b* _c_ `d`", r"a \*b\* \_c\_ \`d\`"),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("<b>&lt;", r"\<b\>\&lt;"),
        (":material/home: :red[x]", r"\:material/home: :red\[x\]"),
        ("$x^2$ ~~y~~", r"\$x^2\$ \~\~y\~\~"),
        ("# one\n\n## two", r"\# one ## two"),
        ("Ramsey: 3 of 5 wards (60 %)", "Ramsey: 3 of 5 wards (60 %)"),
    ],
)
def test_signs_are_shown_as_they_are(written, shown):
    assert as_plain(written) == shown


@pytest.mark.parametrize("link", ["https://a.example", "www.a.example", "me@a.example"])
def test_no_link_arises(link):
    marked = as_plain(link)
    assert marked != link
    assert marked.replace("\u2060", "") == link
