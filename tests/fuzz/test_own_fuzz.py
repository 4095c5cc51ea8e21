"""500 generated files in every run of the tests; `make fuzz` tries 20,000 and more."""

from tests.fuzz.own_fuzz import run_hypothesis


def test_no_generated_file_breaks_the_reader_or_is_altered_in_silence():
    found = run_hypothesis(500, seed=8)
    assert sum(found.values()) >= 500
    assert found["read"] > 50
    assert found["refused"] > 20
