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
        "Classes of the map",
        "“Fifths of England” puts each ward where it stands among all wards in England: the "
        "darkest class is the fifth of English wards with the highest figures. The other choices "
        "divide only the wards shown. Where very many wards share the lowest figure (often zero), "
        "that figure is a class of its own and the rest is divided into quarters.",
    ),
    (
        "Hidden pockets",
        "A ward's average can hide neighbourhoods (LSOAs) that differ much from it. A *hidden "
        "pocket* is an LSOA in the fifth of England's LSOAs with the highest need, inside a ward "
        "that as a whole is not in the two fifths of England's wards with the highest need. For "
        "overall deprivation that fifth is the most deprived fifth as published. Where high is "
        "good it is the lowest fifth; where neither is good it is the highest, without judgement. "
        "LSOAs that share the limit are all counted in, unless that makes more than a quarter of "
        "England; then none of them is. Quartiles count each LSOA once; people are those of "
        "Census 2021. Figures of single LSOAs have no interval and are uncertain.",
    ),
    (
        "Find a postcode, ward or place",
        "A postcode is looked up in a directory that is part of the dashboard; nothing is sent "
        "anywhere, and what you type is neither logged nor put in the address. Its grid reference "
        "is placed in the wards of 2025. Their lines are simplified: a postcode within 60 metres "
        "of a boundary is said to be near it, with the other wards it may be in; one outside the "
        "lines of its council takes that council's nearest ward. The directory holds ended "
        "postcodes too, without a mark: they lead to where they were. Names are compared without "
        "case, apostrophes, hyphens, “and” or “Saint”, and small typing errors are forgiven. "
        "Town names are not in the data, except where a ward carries one.",
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
