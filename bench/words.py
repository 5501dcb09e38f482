"""What the generated plans are made of: measures with plausible numbers, and names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Form = Literal["value", "total", "at_least", "at_most", "between", "ratio"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One kind of KPI. `low`..`high` bounds the baseline, `change` is the way to the target.

    `change` and the values are in `unit`; `digits` is how many decimals an actual has.
    """

    slug: str
    name: str
    unit: str
    form: Form
    low: float
    high: float
    change: float
    digits: int
    perspective: str
    definition: str
    numerator: str = ""
    denominator: str = ""
    bounds: tuple[float, float] | None = None

    @property
    def direction(self) -> str:
        """`increase` or `decrease`, as the plan declares it."""
        return "decrease" if self.change < 0 else "increase"


MEASURES: tuple[Measure, ...] = (
    Measure(
        "repeat-rate",
        "Repeat purchase rate",
        "%",
        "value",
        24,
        38,
        8,
        1,
        "customer",
        "Customers with a second order within 90 days of the first, of all first-time customers",
        "those who ordered again within 90 days",
        "first-time customers whose 90 days have ended",
        (0, 100),
    ),
    Measure(
        "lead-time",
        "Order lead time",
        "days",
        "value",
        9,
        14,
        -3,
        2,
        "process",
        "Median calendar days from the order to the signed delivery note, closed orders only",
    ),
    Measure(
        "net-revenue",
        "Net revenue",
        "USD",
        "total",
        2_400_000,
        4_800_000,
        600_000,
        0,
        "financial",
        "Invoiced sales less returns and discounts, booked in the month of delivery",
    ),
    Measure(
        "on-time",
        "On-time delivery",
        "%",
        "at_least",
        93,
        96,
        2,
        1,
        "customer",
        "Deliveries signed for within the promised two-hour slot, of all deliveries of the month",
        "deliveries signed for within the slot",
        "all deliveries of the month",
        (0, 100),
    ),
    Measure(
        "complaints",
        "Complaints per thousand orders",
        "count",
        "at_most",
        9,
        16,
        -4,
        1,
        "customer",
        "Written complaints received in the month for every thousand orders delivered",
    ),
    Measure(
        "stock-cover",
        "Stock cover",
        "days",
        "between",
        24,
        28,
        4,
        1,
        "process",
        "Stock at month end over the mean daily demand of the four weeks before, in days",
    ),
    Measure(
        "first-pass",
        "First-pass yield",
        "%",
        "ratio",
        88,
        92,
        3,
        0,
        "process",
        "Batches that passed every test at the first attempt, of all batches started",
        "batches that passed at the first attempt",
        "batches started in the month",
        (0, 100),
    ),
    Measure(
        "page-time",
        "Checkout response time",
        "ms",
        "value",
        620,
        940,
        -180,
        0,
        "process",
        "95th percentile of the server time of the checkout page over all sessions of the month",
    ),
    Measure(
        "satisfaction",
        "Customer satisfaction",
        "points",
        "value",
        61,
        74,
        9,
        1,
        "customer",
        "Mean of the monthly survey on a scale of 0 to 100, at least two hundred answers",
        bounds=(0, 100),
    ),
    Measure(
        "turnover",
        "Staff turnover",
        "%",
        "value",
        14,
        22,
        -5,
        1,
        "people",
        "Leavers of the last twelve months over the mean headcount of the same months",
        "leavers of the last twelve months",
        "mean headcount of the same months",
        (0, 100),
    ),
    Measure(
        "training",
        "Training hours",
        "hours",
        "total",
        2_000,
        4_200,
        700,
        0,
        "people",
        "Hours of finished courses, entered by the trainer on the day the course ends",
    ),
    Measure(
        "energy",
        "Energy per tonne",
        "kWh",
        "value",
        310,
        420,
        -60,
        1,
        "sustainability",
        "Electricity and gas bought in the month over the tonnes that left the plant",
    ),
    Measure(
        "shrinkage",
        "Stock shrinkage",
        "%",
        "value",
        2.2,
        3.6,
        -0.9,
        3,
        "financial",
        "Stock written off at the monthly count over the cost of goods sold of the same month",
        "stock written off at cost",
        "cost of goods sold",
        (0, 100),
    ),
    Measure(
        "new-accounts",
        "New accounts",
        "customers",
        "total",
        900,
        1_900,
        300,
        0,
        "customer",
        "Business customers with a first paid order in the month, reopened accounts left out",
    ),
    Measure(
        "accidents",
        "Lost-time accidents per million hours",
        "count",
        "at_most",
        6,
        9,
        -3,
        2,
        "people",
        "Accidents with at least one day lost over hours worked, rolling twelve months",
    ),
    Measure(
        "recycled",
        "Recycled packaging",
        "%",
        "at_least",
        52,
        64,
        6,
        1,
        "sustainability",
        "Weight of packaging from recycled material over the weight of all packaging bought",
        "packaging from recycled material, in tonnes",
        "all packaging bought, in tonnes",
        (0, 100),
    ),
)

PLACES: tuple[str, ...] = (
    "Đà Nẵng",
    "Hải Phòng",
    "Huế",
    "Nha Trang",
    "Cần Thơ",
    "Vũng Tàu",
    "Quy Nhơn",
    "Hạ Long",
    "Rotterdam",
    "Gdańsk",
    "Bergen",
    "Porto",
    "Kobe",
    "Oulu",
    "Halifax",
    "Valparaíso",
)
FUNCTIONS: tuple[str, ...] = (
    "sales",
    "warehouse",
    "kitchen",
    "fleet",
    "online shop",
    "purchasing",
    "quality",
    "service",
)
FAMILY_NAMES: tuple[str, ...] = ("Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đặng", "Bùi", "Hồ")
GIVEN_NAMES: tuple[str, ...] = (
    "Thị Lan",
    "Minh",
    "Văn Hùng",
    "Thu Hà",
    "Quốc Bảo",
    "Ngọc Anh",
    "Thanh Tâm",
    "Hải Yến",
)
WHY: tuple[str, ...] = (
    "A customer who returns twice stays for years; every broken promise costs us a family",
    "What is wasted between the harbour and the shelf is paid for by those who can least afford it",
    "People who know what good looks like reach it sooner and stay longer",
    "A day saved between order and delivery is a day the money works for us",
)
RATIONALES: tuple[str, ...] = (
    "The pilot went further than this in two quarters with the same people",
    "Two of the three sites of this size in the group are there already",
    "The new process removes one of the four steps in which the loss arises",
    "The trend of the last three years covers half of it, the programme the rest",
)
WHEN_RED: tuple[str, ...] = (
    "The lead calls the ten largest accounts and brings their reasons to the next review",
    "The team stops new work and looks at the last thirty cases one by one",
    "The owner asks the department for two people for four weeks",
    "The change is rolled back at one site and the two are compared for a month",
)
COMMENTS: tuple[str, ...] = (
    "Agreed on the planning day in January; the minutes are in the team folder.",
    "Counted by the new system since 2023; older figures are not comparable.",
    "The figure is final on the eighth working day of the next month.",
    "Ask the owner before you quote this outside of the company.",
)
NOTES: tuple[str, ...] = ("new checkout", "carrier strike", "stocktaking", "recount", "holiday")
