"""The page Your data: from the file to the map, kept apart from every other visitor."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from data.own.shown import OwnFigure

ROOT = Path(__file__).parents[2]
PAGE = str(ROOT / "pages/explore/your_data.py")


def open_page(area: str = "E07000011", page: str = PAGE, **state) -> AppTest:
    app = AppTest.from_file(page, default_timeout=240)
    app.query_params["area"] = area
    app.session_state["first_view_is_out"] = True
    for key, value in state.items():
        app.session_state[key] = value
    return app.run()


def read_all(app: AppTest) -> str:
    kinds = ("html", "markdown", "caption", "error", "warning", "header", "title", "subheader")
    return "\n".join(
        str(getattr(block.proto, "body", "")) for kind in kinds for block in app.get(kind)
    )


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def fill_in(app: AppTest, **texts: str) -> AppTest:
    for field, text in texts.items():
        box = next(t for t in app.text_input if t.key.endswith(f"-{field}"))
        app = box.set_value(text).run()
    return app


def test_the_example_reaches_the_map_in_a_few_presses():
    app = press(open_page(), "own-example")
    assert not app.exception
    assert "Example: made-up figures" in read_all(app)
    assert app.title[0].value == "All 26 rows with figures can be used"
    assert app.button(key="own-add").disabled
    app = fill_in(app, source="Made up for the example")
    app = press(app, "own-add")
    assert not app.exception
    assert not app.error
    figures = app.session_state["own_figures"]
    assert len(figures) == 1
    figure = next(iter(figures.values()))
    assert isinstance(figure, OwnFigure)
    assert figure.hidden > 0
    assert "own_draft" not in app.session_state
    assert "own figure, not published data" in read_all(app)
