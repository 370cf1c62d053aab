"""The styles of after-school service: what their weeks look like and how long families stay."""

from types import MappingProxyType
from typing import Final, Literal, NamedTuple, get_args

from models import Clause, PolicyItem, SlotUse, Stage

AfterSchool = Literal["clubhour", "mixed", "nine-year"]
StyleName = Literal[AfterSchool, "all-day"]
AFTER_SCHOOL: Final[tuple[AfterSchool, ...]] = get_args(AfterSchool)
STYLES: Final[tuple[StyleName, ...]] = get_args(StyleName)

PRIMARY: Final = (1, 2, 3, 4, 5, 6)
JUNIOR: Final = (7, 8, 9)


class Period(NamedTuple):
    """One period of the day, on the weekdays that have it."""

    number: int
    start_minute: int
    end_minute: int
    stay_chance: float
    """Chance that whoever stayed for the period before (that day) stays for this one."""
    stay_grades: tuple[int, ...]
    """Grades that may ask for base care in it."""
    use: SlotUse = SlotUse.ANY
    evening_study: bool = False
    weekdays: tuple[int, ...] = (1, 2, 3, 4, 5)
    offer_chance: float = 0.0
    """Chance that somebody who does not stay offers it for a club on a day."""
    offer_grades: tuple[int, ...] = ()
    """Grades that make such offers."""


class Pattern(NamedTuple):
    """How often a course meets, and the share of courses that do so."""

    share: float
    sessions_per_week: int
    periods_per_session: int
    min_gap_days: int


class Style(NamedTuple):
    """What sets one kind of school apart from another."""

    name: AfterSchool
    school: str
    grades: tuple[int, ...]
    stages: tuple[Stage, ...]
    periods: tuple[Period, ...]
    patterns: tuple[Pattern, ...]
    care_grade_span: int
    max_periods_day: int
    clauses: tuple[Clause, ...]

    @property
    def blocks(self) -> list[tuple[int, ...]]:
        """Grades that may meet each other in a group, stage by stage."""
        return [stage.grades for stage in self.stages] or [self.grades]


def _clock(hour: int, minute: int) -> int:
    return hour * 60 + minute


def _latest_end(minute: int, stage: str | None = None) -> Clause:
    source = "本校课后服务方案 第三条"
    return Clause(item=PolicyItem.LATEST_END, value=minute, stage=stage, source=source)


_ONCE = (Pattern(1.0, 1, 1, 1),)
_MIXED = (Pattern(0.50, 1, 1, 1), Pattern(0.15, 1, 2, 1), Pattern(0.35, 2, 1, 2))
_VETTED = Clause(item=PolicyItem.VETTING_REQUIRED, source="本校课后服务方案 第六条")

_CLUBHOUR = Style(
    name="clubhour",
    school="晨光小学",
    grades=PRIMARY,
    stages=(),
    periods=(
        Period(1, _clock(16, 0), _clock(16, 40), 1.0, PRIMARY, use=SlotUse.CARE_ONLY),
        Period(
            2,
            _clock(16, 50),
            _clock(17, 30),
            0.0,
            (),
            use=SlotUse.CLUBS_ONLY,
            offer_chance=1.0,
            offer_grades=PRIMARY,
        ),
    ),
    patterns=_ONCE,
    care_grade_span=1,
    max_periods_day=2,
    clauses=(_latest_end(_clock(18, 0)), _VETTED),
)

_TWO_PERIODS = Style(
    name="mixed",
    school="云杉小学",
    grades=PRIMARY,
    stages=(),
    periods=(
        Period(1, _clock(16, 10), _clock(16, 50), 0.85, PRIMARY),
        Period(2, _clock(17, 0), _clock(17, 40), 0.90, PRIMARY),
    ),
    patterns=_MIXED,
    care_grade_span=2,
    max_periods_day=2,
    clauses=(_latest_end(_clock(18, 0)), _VETTED),
)

_NINE_YEAR = Style(
    name="nine-year",
    school="望江九年制学校",
    grades=PRIMARY + JUNIOR,
    stages=(
        Stage(id="primary", name="小学", grades=PRIMARY),
        Stage(id="junior", name="初中", grades=JUNIOR),
    ),
    periods=(
        Period(1, _clock(16, 20), _clock(17, 0), 0.85, PRIMARY + JUNIOR),
        Period(2, _clock(17, 5), _clock(17, 45), 0.90, PRIMARY + JUNIOR),
        # Some primary families would come at this hour too; their stage's latest end forbids it.
        Period(
            3,
            _clock(17, 50),
            _clock(18, 30),
            0.60,
            JUNIOR,
            offer_chance=0.1,
            offer_grades=(5, 6),
        ),
        Period(
            4,
            _clock(19, 0),
            _clock(20, 20),
            0.70,
            JUNIOR,
            use=SlotUse.CARE_ONLY,
            evening_study=True,
            weekdays=(1, 2, 3, 4),
        ),
    ),
    patterns=_MIXED,
    care_grade_span=2,
    max_periods_day=3,
    clauses=(
        _latest_end(_clock(18, 0), "primary"),
        _latest_end(_clock(18, 30), "junior"),
        Clause(
            item=PolicyItem.EVENING_LATEST_END,
            value=_clock(20, 30),
            stage="junior",
            source="本校课后服务方案 第四条",
        ),
        _VETTED,
    ),
)

STYLE: Final = MappingProxyType({s.name: s for s in (_CLUBHOUR, _TWO_PERIODS, _NINE_YEAR)})
