"""The methods in plain words, for the page About the data."""

import pandas as pd

from analysis.words import FIT_WORDS, FLAG_WORDS

METHODS = (
    (
        "From small areas to wards",
        "Figures published for LSOAs (census neighbourhoods of about 1,700 people) are added up "
        "to the wards of 2025 by *best fit*: each LSOA belongs to the one ward that holds most of "
        "its people. Figures published for MSOAs (about 8,000 people) are *shared out* to LSOAs by "
        "where people live, and then added up; no person is lost or counted twice. Tables for the "
        "LSOAs of 2011 are first carried to those of 2021. Counts are added and then divided; "
        "scores are means weighted by people. Nothing is averaged unweighted. The *quality of fit* "
        "(0 to 1) says how far the ward and its small areas hold the same people.",
    ),
    (
        "Wards without a figure",
        "33 wards, most of them in the City of London, hold no LSOA by best fit, among them "
        "Cullompton Vale (Mid Devon) and Blackawton & Stoke Fleming (South Hams). They are shown "
        "as “no estimate”, never as zero. 35 wards of the Devon districts and others rest on a "
        "single LSOA: treat their figure as that neighbourhood's.",
    ),
    (
        "How sure we are",
        "Proportions have 95 % Wilson score intervals; rates have Byar's, and exact Poisson "
        "intervals for counts under 10. Scores, modelled estimates and full counts have none. "
        "Where part of a figure is withheld as a small number, the middle of what it can hide is "
        "used, the interval is widened by the rest, and the figure is marked *estimated*.",
    ),
    (
        "Better, similar, worse",
        "An area is called better or worse than its benchmark where its 95 % interval does not "
        "hold the benchmark's value, and similar where it does. Where neither high nor low is good "
        "in itself, the words are higher and lower. Without an interval nothing is said.",
    ),
    (
        "Two indicators together",
        "The page Compare gives Pearson's correlation with Fisher's 95 % interval, and "
        "Spearman's with that of Bonett and Wright (2000). Where wards count by their people, the "
        "intervals rest on Kish's effective number. The dotted line is Tukey's resistant line. A "
        "correlation does not show that one thing causes the other, and wards side by side are "
        "often alike, so the true uncertainty is wider.",
    ),
    (
        "How sure a rank is",
        "A ward could have every rank that its 95 % interval and those of the others leave open: "
        "it surely stands below only the wards whose whole interval lies above its own (Klein, "
        "Wright and Wieczorek 2020). The 95 % are said of each comparison, not of the whole order.",
    ),
    (
        "Groups of wards",
        "Figures of a group are computed again: counts are added and divided, with Wilson's or "
        "Byar's interval; scores and means are means of the wards weighted by the people or homes "
        "they speak for. Withheld counts are filled with the middle of what they can hide where "
        "that is known, else left out. Wards without a figure are named and the group's figure is "
        "marked *estimated*. A ward that no LSOA fits is such a ward.",
    ),
    (
        "Classes of the map",
        "“Fifths of England” puts each ward where it stands among all wards in England: the "
        "darkest class is the fifth of English wards with the highest figures. The other choices "
        "divide only the wards shown. Where very many wards share the lowest figure (often zero), "
        "that figure is a class of its own and the rest is divided into quarters.",
    ),
    (
        "District figures",
        "Some series exist for districts only. They are shown as district figures and never "
        "shaded over wards. Series of districts that have since merged are added up where they "
        "are counts, and left out where they are not.",
    ),
)

FLAGS_AND_FITS = pd.DataFrame(
    [
        *({"Word": f"`{k}`", "Kind": "flag", "Meaning": v} for k, v in FLAG_WORDS.items()),
        *({"Word": f"`{k}`", "Kind": "fit", "Meaning": v} for k, v in FIT_WORDS.items()),
    ]
).set_index("Word")
