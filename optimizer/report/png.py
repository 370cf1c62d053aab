"""Figures as PNG files, whole or not at all, that name the run they are of."""

import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from optimizer.writing import writing

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def new_figure(width: float, height: float, dpi: int) -> "Figure":
    """Give a figure of so many inches. No pyplot: its state is the whole process's."""
    # matplotlib takes a second to load, and only who draws needs it.
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(width, height), dpi=dpi, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def write_png(figure: "Figure", path: Path, run: str, force: bool = False) -> None:
    """Write a figure.

    Raises
    ------
    InputError
        If the file exists and ``force`` is not given.
    """
    stream = BytesIO()
    with warnings.catch_warnings():
        # A rare character in a name becomes a box, which is no reason to fail or to complain.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure.savefig(
            stream, format="png", metadata={"Software": None, "Comment": f"zouban {run}"}
        )
    with writing(path, force) as temporary:
        temporary.write_bytes(stream.getvalue())
