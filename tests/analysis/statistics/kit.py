"""Series with published or hand-computed results, shared by the tests of this folder."""

from collections.abc import Sequence

from kpi_cli.analysis.signals import patterns
from kpi_cli.analysis.xmr import Limits

SPIKE = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
SHIFT = [50, 52, 49, 51, 50, 48, 51, 52, 49, 50, 51, 49, 55, 56, 54, 57, 55, 56, 58, 55]
TREND = [10, 11, 9, 10, 12, 10, 11, 9, 10.5, 11.5, 12.5, 13.5, 14.5, 15.5, 16.5]
NILE = [
    1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180,
    799, 958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833,
    701, 916, 692, 1020, 1050, 969,
]  # fmt: skip
AIR = [
    112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170,
    170, 158, 133, 114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180,
    193, 181, 183, 218, 230, 242, 209, 191, 172, 194,
]  # fmt: skip
CLIMB = [20.0, 22, 21, 25, 24, 28, 27, 30, 33, 31, 35, 34]


def marks(values: Sequence[float], limits: Limits, kind: str) -> list[int]:
    """All points a rule marks."""
    return sorted({mark for one in patterns(values, limits, [kind]) for mark in one.marks})
