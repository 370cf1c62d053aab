"""Money: the settings about fees, subsidies and the budget, and costs beside pay."""

from enum import StrEnum

from models import PartPeriod, PlannedCost, Text
from models.labels import COSTS, FEE_BASES
from optimizer.files.columns import Column, Table
from optimizer.files.moments import Date
from optimizer.files.scalars import Choice, Ident, Kind, Label, Money, Percent, YesNo
from optimizer.files.tables.people import fields_of


def setting(
    field: str, zh: str, en: str, kind: Kind, note: tuple[str, str], example: str = ""
) -> Column:
    """Declare one row of the settings."""
    return Column(field, Text(zh, en), kind, Text(*note), Text(example, example))


_PART_PERIODS: dict[StrEnum, Text] = {
    PartPeriod.FULL: Text("全额", "full"),
    PartPeriod.SHARE: Text("按服务日比例", "share"),
}


BUDGET = (
    setting(
        "budget.sum_fen",
        "预算总额（元）",
        "Budget sum (yuan)",
        Money(),
        ("全学期酬劳上限，空白为不限", "most that pay may cost all term; blank: no limit"),
        "120000",
    ),
    setting(
        "budget.from_income",
        "预算随收入",
        "Budget from income",
        YesNo(),
        ("是：酬劳不超过收费、补偿和补助之和", "yes: pay at most what fees and subsidy bring in"),
    ),
    setting(
        "budget.fee_basis",
        "收费方式",
        "Fee basis",
        Choice(FEE_BASES),
        (
            "不收费、按月、按节或按学期；空白为按政策",
            "none, by the month, period or term; blank: as the policy says",
        ),
    ),
    setting(
        "budget.fee_fen",
        "收费标准（元）",
        "Fee (yuan)",
        Money(),
        (
            "每生每月、每节或每学期；空白为按政策",
            "per student and month, period or term; blank: as the policy says",
        ),
    ),
    setting(
        "budget.subsidy_fen_per_student",
        "生均补助（元）",
        "Subsidy per student (yuan)",
        Money(),
        (
            "每生每学期的财政补助，不含上浮",
            "public subsidy per student and term, without the uplift",
        ),
    ),
    setting(
        "budget.fee_standard",
        "收费文件",
        "Fee standard",
        Label(),
        (
            "批准或出台收费标准的文件，写明标题或文号",
            "document by which the fee was approved or issued: its title or number",
        ),
    ),
    setting(
        "budget.fee_from",
        "收费起始日期",
        "Fee from",
        Date(),
        (
            "收费文件从哪一天起执行，之前不收费；空白为整个学期",
            "the day from which that document holds, nothing is charged before; blank: all term",
        ),
    ),
    setting(
        "budget.part_period",
        "中途加入退出收费",
        "Part periods",
        Choice(_PART_PERIODS),
        (
            "月中或学期中加入、退出的收费：全额，或按在册服务日的比例；空白为全额",
            "what is charged for a month or term joined or left midway; blank: full",
        ),
    ),
    setting(
        "budget.subsidy_earlier_fen",
        "本年已领生均补助（元）",
        "Subsidy earlier (yuan)",
        Money(),
        (
            "同一年度以前学期每生已领的补助",
            "per student, drawn for earlier terms of the same year",
        ),
    ),
    setting(
        "budget.uplift_percent",
        "补助上浮比例",
        "Subsidy uplift",
        Percent(),
        ("偏远地区的补助上浮", "uplift on the subsidy for remote areas"),
    ),
    setting(
        "budget.special_fund_fen",
        "专项经费（元）",
        "Special fund (yuan)",
        Money(),
        (
            "上级为本学期课后服务下达的经费",
            "what the authority grants for the service this term",
        ),
    ),
    setting(
        "budget.yearly_budget_fen",
        "年度预算经费（元）",
        "Yearly budget (yuan)",
        Money(),
        (
            "主管部门年度预算中本学期用于课后服务的经费",
            "what the authority's yearly budget gives the service this term",
        ),
    ),
    setting(
        "budget.donation_fen",
        "社会捐助（元）",
        "Donations (yuan)",
        Money(),
        ("本学期收到的社会捐助", "what is given to the service this term"),
    ),
    setting(
        "budget.collection_fen",
        "代收费（元）",
        "Collections (yuan)",
        Money(),
        (
            "本学期代收的、服务费以外的款项",
            "what is collected on behalf of others this term, besides the fee",
        ),
    ),
)

OTHER_COSTS = Table(
    "costs",
    Text("其他开支", "Costs"),
    (
        Column(
            "id",
            Text("开支编号", "Cost id"),
            Ident(),
            Text("自定，不重复", "your own choice, each once"),
            Text("K1", "K1"),
            required=True,
            aliases=("编号",),
        ),
        Column(
            "kind",
            Text("类别", "Kind"),
            Choice(COSTS),
            Text("开支的用途；酬劳不在此填写", "what it is spent on; pay is not given here"),
            Text("消耗品", "consumables"),
            required=True,
        ),
        Column(
            "amount_fen",
            Text("金额（元）", "Amount (yuan)"),
            Money(),
            Text("全额", "the whole amount"),
            Text("350", "350"),
            required=True,
            aliases=("金额", "amount"),
        ),
        Column(
            "day",
            Text("日期", "Date"),
            Date(),
            Text("记入该日所在的收费月", "booked in the billing month of this day"),
            Text("2026-10-12", "2026-10-12"),
            required=True,
        ),
        Column(
            "note",
            Text("说明", "Note"),
            Label(),
            Text("是什么开支，可空白", "what it is for; may be blank"),
            Text("宣纸和墨汁", "paper and ink"),
            blank="",
        ),
    ),
    Text("酬劳以外的开支，可不填", "what the service costs beside pay; may be left out"),
    rows=fields_of("costs"),
    build=PlannedCost.model_validate,
    aliases=("开支", "other costs"),
)
