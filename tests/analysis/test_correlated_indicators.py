"""Indicators that count the same thing twice are pointed out in words."""

import numpy as np
import pandas as pd
import pytest
from examples import NAN
from need_examples import make_area, scored

from analysis.correlated_indicators import CorrelatedPair, describe_pair, find_correlated_pairs
from analysis.need_scores import WardFigures

WARDS = pd.Index([f"W{n:03}" for n in range(200)])


@pytest.fixture
def figures():
    random = np.random.default_rng(1)
    claims = random.uniform(0, 10, 200)
    value = pd.DataFrame(
        {
            "claims": claims,
            "benefits": np.exp(claims),  # the same order on another scale
            "skills": 20 - claims,
            "noise": random.uniform(0, 10, 200),
            "rare": np.where(np.arange(200) < 50, claims, NAN),
        },
        index=WARDS,
    )
    nothing = value * NAN
    return WardFigures(value, nothing, nothing, nothing)


def test_the_same_order_of_wards_is_found_whatever_the_scale(figures):
    area = make_area(scored("claims", 1), scored("benefits", 2), scored("noise", 1))
    (pair,) = find_correlated_pairs(area, figures)
    assert {pair.first.id, pair.second.id} == {"claims", "benefits"}
    assert pair.correlation == pytest.approx(1)
    assert pair.weight_share == pytest.approx(0.75)
    assert pair.wards == 200


def test_directions_are_turned_before_the_correlation(figures):
    turned = make_area(scored("claims"), scored("skills", 1, "low"))
    assert find_correlated_pairs(turned, figures)[0].correlation == pytest.approx(1)
    against = make_area(scored("claims"), scored("skills"))
    assert find_correlated_pairs(against, figures)[0].correlation == pytest.approx(-1)


def test_weak_light_and_rare_ones_are_left_out(figures):
    area = make_area(scored("claims"), scored("noise"), scored("rare"), scored("benefits", 0))
    assert find_correlated_pairs(area, figures) == ()
    assert len(find_correlated_pairs(area, figures, limit=0)) == 1
    (pair,) = find_correlated_pairs(area, figures, least_wards=50)
    assert pair.wards == 50


def test_the_strongest_pair_comes_first(figures):
    figures.value["near"] = figures.value["claims"] + np.random.default_rng(2).normal(0, 0.5, 200)
    area = make_area(scored("near"), scored("claims"), scored("benefits"))
    found = find_correlated_pairs(area, figures)
    assert len(found) == 3
    sizes = [abs(pair.correlation) for pair in found]
    assert sizes == sorted(sizes, reverse=True)
    assert found[0].first.id == "benefits"


def test_the_words_claim_no_cause():
    first, second = scored("claims").indicator, scored("benefits").indicator
    words = describe_pair(CorrelatedPair(first, second, 0.934, 0.4, 6793))
    assert words == (
        "“People with claims” and “People with benefits” are high in much the same wards across "
        "England (rank correlation 0.93), so they count nearly the same thing twice. Together "
        "they hold 40 % of the weight. Lower one weight, or keep both on purpose."
    )
    against = describe_pair(CorrelatedPair(first, second, -0.9, 0.6, 6793))
    assert "pull against each other" in against
    assert "hold 60 % of the weight and mostly cancel out. Check their directions." in against
    for causal in ("because", "cause", "lead to", "drive", "due to"):
        assert causal not in words + against
