"""Keys pressed faster than the page runs."""

from __future__ import annotations

from test_pages import open_page


def test_a_choice_that_arrives_with_an_older_address_is_kept() -> None:
    app = open_page("present/action_areas.py")
    before = dict(app.query_params)
    name = "weight-strong_communities-loneliness_percent"
    app.slider(key=name).set_value(2.0).run()
    app.query_params.clear()
    for key, value in before.items():
        app.query_params[key] = value
    app.slider(key=name).set_value(3.0).run()
    assert app.slider(key=name).value == 3.0
    assert "loneliness_percent:3" in str(app.query_params["weights"])
