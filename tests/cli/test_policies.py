"""zouban policies: the nine, and every clause of one."""

import pytest

from models import REGIMES, regime, said_only
from models.contents import CONTENT_NAMES
from tests.cli.conftest import Run


def said(name: str) -> str:
    return str(sum(said_only(clause.item) for clause in regime(name).clauses))


def test_the_nine_are_listed(zouban: Run) -> None:
    ran = zouban("policies", "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    _, heads, *rows, how, _ = ran.out.splitlines()
    assert heads.split() == [
        *("Id", "Name", "hard", "advisory", "left", "to", "school"),
        *("said", "only", "Document"),
    ]
    assert [row.split()[0] for row in rows] == list(REGIMES)
    # Putuo: latest end, end of activities and homework are advice; what is left to the school
    # are overtime pay and the special fund.
    assert [row.split()[-5:-1] for row in rows if "putuo" in row] == [
        ["19", "3", "2", said("putuo-2021")]
    ]
    assert how == "to see every clause of one: zouban policies ID"


def test_the_list_in_chinese_stands_in_columns(zouban: Run) -> None:
    _, heads, *rows, _ = zouban("policies").out.splitlines()
    assert heads.split() == ["编号", "名称", "必须", "原则上", "由学校确定", "只列明", "文件"]
    assert "重庆市巴南区（2020）" in rows[0]
    # A Chinese character takes two places, so in front of the document all rows are as wide.
    widths = {len(row.encode("gbk")) - len(row.split()[-1].encode("gbk")) for row in rows[:4]}
    assert len(widths) == 1


def test_the_list_as_json(zouban: Run) -> None:
    found = zouban("policies", "--json", "--lang", "en").json
    assert (found["status"], found["counts"]) == ("OK", {"policies": 9})
    assert found["policies"][2] == {
        "id": "putuo-2021",
        "name": "Putuo District, Shanghai, primary (2021)",
        "document": "《关于进一步做好小学生校内课后服务工作的实施方案》，普教基〔2021〕3号",
        "hard": 19,
        "advisory": 3,
        "open": 2,
        "said": int(said("putuo-2021")),
    }


CHANGZHI = "长治市教育局《关于进一步推进义务教育阶段公办学校课后服务工作的实施方案》"
PLANS, BOOKS = "kept and checked in plans", "kept in the ledger"
LINES = [
    (
        "banan-2020",
        "fee a month",
        ["180.00 yuan", "hard", BOOKS, "巴南教委发〔2020〕19号 四（二）"],
    ),
    (
        "banan-2020",
        "periods a day",
        ["3 periods", "advisory", PLANS, "巴南教委发〔2020〕19号 三（二）"],
    ),
    (
        "banan-2020",
        "latest end",
        ["for the school to give", "hard", PLANS, "巴南教委发〔2020〕19号 三（二）"],
    ),
    (
        "banan-2020",
        "relief, minimum income",
        ["100%", "hard", BOOKS, "巴南教委发〔2020〕19号 四（二）"],
    ),
    (
        "banan-2020",
        "priority grades",
        ["lower grades", "hard", PLANS, "巴南教委发〔2020〕19号 三（一）"],
    ),
    (
        "changzhi-2021",
        "barred content, written homework",
        [
            "grades 1-2",
            "hard",
            PLANS,
            f"{CHANGZHI} 三（四）1",
        ],
    ),
    (
        "changzhi-2021",
        "open campus weeks, winter holidays",
        [
            "1 week",
            "hard",
            "said only",
            f"{CHANGZHI} 三（二）",
        ],
    ),
    (
        "changzhi-2021",
        "evening latest end",
        [
            "20:30",
            "junior",
            "advisory",
            PLANS,
            f"{CHANGZHI} 三（二）",
        ],
    ),
    (
        "hebi",
        "barred provider, training firm",
        ["hard", PLANS, "《鹤壁市中小学生课后服务工作方案（暂行）》 （五）服务组织"],
    ),
    (
        "per-head-subsidy",
        "fee basis, term",
        ["advisory", BOOKS, "某市中小学生课后服务工作意见 （四）严格规范收费行为"],
    ),
]


@pytest.mark.parametrize(("name", "item", "cells"), LINES)
def test_a_clause_of_one(zouban: Run, name: str, item: str, cells: list[str]) -> None:
    ran = zouban("policies", name, "--lang", "en")
    assert ran.code == 0
    rows = [line[2:].split("  ") for line in ran.out.splitlines() if line.startswith(f"  {item} ")]
    assert cells in [[cell.strip() for cell in row[1:] if cell] for row in rows]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", REGIMES)
def test_every_clause_and_fund_of_each_is_shown(zouban: Run, name: str, lang: str) -> None:
    regulation = regime(name)
    out = zouban("policies", name, "--lang", lang).out
    assert regulation.title in out
    for clause in regulation.clauses:
        assert clause.source in out
        assert (clause.note if lang == "zh" else clause.note_en) in out
    notes = sum(bool(clause.note) for clause in regulation.clauses)
    notes += sum(bool(account.note) for account in regulation.accounts)
    heads = 5 + bool(regulation.accounts)  # the last line lists the words for contents
    found = len(regulation.clauses) + notes + len(regulation.accounts)
    assert len(out.splitlines()) == heads + found
    for account in regulation.accounts:
        assert (account.name if lang == "zh" else account.name_en) in out


def test_a_fund_in_words(zouban: Run) -> None:
    fund, note = zouban("policies", "hebi", "--lang", "en").out.splitlines()[-3:-1]
    assert fund == (
        "  Service fee account: takes in fees, reimbursement, subsidy, special fund, collections "
        "on behalf; pays for pay of own staff, overtime pay, pay of external staff, utilities, "
        "consumables, upkeep, in this order (hard; "
        "《鹤壁市中小学生课后服务工作方案（暂行）》 （二）加大投入，保障经费)"
    )
    assert note.startswith("    ")
    assert "public money, fees and collections" in note.lower()


@pytest.mark.parametrize("arguments", [(), ("hebi",)])
def test_the_words_for_contents_are_listed(zouban: Run, arguments: tuple[str, ...]) -> None:
    last = zouban("policies", *arguments, "--lang", "zh").out.splitlines()[-1]
    for name, text in CONTENT_NAMES.items():
        assert f"{text.zh}（{name}）" in last
    listed = zouban("policies", *arguments, "--json", "--lang", "zh").json["contents"]
    assert listed["written_homework"] == "书面作业"


def test_one_as_json(zouban: Run) -> None:
    found = zouban("policies", "one-plus-x", "--json").json
    assert found["counts"] == {
        "hard": 20,
        "advisory": 1,
        "open": 2,
        "said": int(said("one-plus-x")),
    }
    policy = found["policy"]
    assert (policy["id"], policy["accounts"]) == ("one-plus-x", [])
    (cap,) = [c for c in policy["clauses"] if c["item"] == "fee_day_max"]
    assert cap == {
        "item": "fee_day_max",
        "name": "每天收费上限",
        "value": 460,
        "unit": "fen",
        "text": "每天收费上限：4.60 元",
        "kept": "ledger",
        "subject": None,
        "level": None,
        "band": None,
        "grades": [],
        "force": "hard",
        "open": False,
        "source": "“1+X”课后服务方案（校级） 末段（收费标准）",
        "note": None,
    }
    fund = zouban("policies", "putuo-2021", "--json").json["policy"]["accounts"]
    assert fund[0]["note"] is None
    assert "normal workload" in fund[1]["note"] or "工作量" in fund[1]["note"]
    assert fund[:1] == [
        {
            "id": "late-care",
            "name": "晚托专项经费",
            "income": ["special"],
            "uses": ["pay_overtime"],
            "force": "hard",
            "source": "普教基〔2021〕3号 六 3",
            "note": None,
        }
    ]


@pytest.mark.parametrize(("name", "near"), [("banan", "banan-2020"), ("HEBI", "hebi")])
def test_an_unknown_policy(zouban: Run, name: str, near: str) -> None:
    ran = zouban("policies", name.lower() + "x", "--lang", "en")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"there is no policy '{name.lower()}x'; did you mean '{near}'?\n"
    found = zouban("policies", "nine", "--json").json
    assert found["status"] == "INVALID"
    assert "banan-2020" in found["messages"][0]
