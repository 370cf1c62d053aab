"""One small invented school for each of the nine shipped regimes.

``python -m instances.regimes`` writes their workbooks, ``ID.xlsx``, into this folder.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from instances.regimes import (
    banan,
    changzhi,
    city_menu,
    free_rota,
    hebi,
    one_plus_x,
    per_head,
    putuo,
    zhanggong,
)
from models import School

SCHOOLS: Final[dict[str, Callable[[], School]]] = {
    "banan-2020": banan.make,
    "changzhi-2021": changzhi.make,
    "putuo-2021": putuo.make,
    "zhanggong-2021": zhanggong.make,
    "one-plus-x": one_plus_x.make,
    "hebi": hebi.make,
    "free-rota": free_rota.make,
    "city-menu": city_menu.make,
    "per-head-subsidy": per_head.make,
}
"""What makes the school of each regime."""


def workbook(regime_id: str) -> Path:
    """Give the place of a regime's workbook."""
    return Path(__file__).parent / f"{regime_id}.xlsx"


__all__ = ["SCHOOLS", "workbook"]
