"""The methods in plain words, for the page About the data."""

import pandas as pd

from analysis.impact_words import IMPACT_METHOD
from analysis.process_figure import PROCESS_METHOD
from analysis.recovery_words import METHOD as RECOVERY_METHOD
from analysis.recovery_words import SIMILAR_METHOD
from analysis.words import FIT_WORDS, FLAG_WORDS
from pages.shared.hot_spots import HOT_SPOTS_METHOD, HOT_SPOTS_WORDS

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
        "Custom areas",
        "An area that is drawn or uploaded is built from whole neighbourhoods (LSOAs of 2021): one "
        "counts where more than half of its land lies inside the line, so it belongs to one of "
        "several areas that do not overlap, or to none. It is never split: nobody knows which of "
        "its people live on which side. *How well it fits* is people both inside the line and "
        "counted over people in either (the Jaccard index, as for wards); people are taken to be "
        "spread evenly over the land of their neighbourhood, on simplified boundaries. 90 % and "
        "more is called good, under 75 % poor. Counts of the neighbourhoods are added and divided, "
        "scores are weighted, intervals are Wilson's or Byar's, just as for wards: an area made of "
        "the neighbourhoods of a ward has the ward's figures. Six means (four distances, air "
        "pollution, digital exclusion) are weighted by people at the census, as the count they "
        "were weighted by is not kept for neighbourhoods, and are marked *estimated*: for 99 of "
        "100 wards they come within 11 % of the ward's own figure. Indicators that are published "
        "for larger areas only are left out, unless the area is made of whole wards.",
    ),
    (
        "Classes of the map",
        "*Fifths of England* puts each ward where it stands among all wards in England: the "
        "strongest colour is the fifth of English wards with the highest figures. The other "
        "choices divide only the wards shown. *Fifths of this place*: as many wards in each class. "
        "*Equal steps*: classes of equal width from the lowest to the highest figure. *Natural "
        "breaks*: five classes whose wards are as alike as can be (Fisher's exact division, also "
        "known as Jenks). *Standard deviations*: how far a ward lies from the mean of the wards "
        "shown (each ward counts once, whatever its size), in steps of 1 and 2 standard "
        "deviations. *Better or worse*: compared with the benchmark by the 95 % interval. Where "
        "very many wards share the lowest figure (often zero), fifths put that figure in a class "
        "of its own and divide the rest into quarters. Limits are compared with figures as they "
        "are printed, and a figure equal to a limit belongs to the class above it.",
    ),
    ("Hot spots", f"{HOT_SPOTS_WORDS}\n\n*Method:* {HOT_SPOTS_METHOD}"),
    (
        "Similar wards",
        "The 15 wards of England that are most like a ward in age, density, town or country, who "
        "owns the homes, kind of home and ethnic group: never in need. Each figure is standardised "
        "over all wards (its mean becomes 0, its standard deviation 1); the very skewed ones are "
        "first taken as logarithms of one plus the figure: people aged 15 to 24, density, social "
        "and private renters, terraced homes, flats, and each ethnic group. The six groups weigh "
        "the same, however many figures they hold. The distance is the root of the mean squared "
        "difference (Euclidean): 0 for wards alike in all, 1 where they differ by one standard "
        "deviation throughout. A figure that is itself one of these, or part of one, is never "
        "compared with similar wards. Counts of the similar wards are added and divided; scores "
        "are means weighted by people.",
    ),
    (
        "Recent trend",
        "As in Fingertips, the public-health profiles of the Department of Health and Social Care: "
        "a straight line through the five latest points, each weighted by how sure it is (the "
        "inverse of its variance, from its 95 % interval). The trend is clear where chi-squared is "
        "above 9.55 (p under 0.002) and the line keeps its direction when any one point is left "
        "out. Months are compared with the same month of other years. Periods before a change of "
        "definition are left out: Universal Credit before 2019, claimants before 2018. A rise in "
        "Universal Credit is not called worse, since people moved to it from older benefits. Under "
        "five points, or with one missing, no trend is told.",
    ),
    ("Covid impact and recovery", f"{RECOVERY_METHOD} {SIMILAR_METHOD}"),
    ("Impact of an action", IMPACT_METHOD),
    ("Process charts", PROCESS_METHOD),
    (
        "What stands out",
        "Distance from the benchmark, divided by the usual spread of the comparator wards (their "
        "interquartile range over 1.349). Only figures whose interval does not hold the "
        "benchmark's value, or, without an interval, that lie in the highest or lowest fifth of "
        "England on the same side. One figure of each subject first.",
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
