"""How value and bound of a search went over time, drawn from what the plan says of it."""

from pathlib import Path

from models import Lang, Plan, Text
from optimizer.report.picture import DPI, FAINT, INK, font_path
from optimizer.report.png import new_figure, write_png

WIDTH, HEIGHT = 7.2, 4.0
VALUE, BOUND = "#1F77B4", "#D95F02"
"""Told apart by who sees few colours, and by their lines in grey."""
TITLE = Text("求解过程：分值与上界", "The search: points and their bound")
POINTS = Text("满意度（分）", "points")
SECONDS = Text("秒", "seconds")
REACHED, PROVED = Text("分值", "value"), Text("上界", "bound")
NOT_KNOWN = Text("这份方案没有记下求解过程。", "this plan says nothing of its search.")


def plot_convergence(plan: Plan, path: Path, lang: Lang = "zh", force: bool = False) -> None:
    """Draw value and bound over time as PNG, each as it stood at every moment of the search.

    Raises
    ------
    InputError
        If the file exists and ``force`` is not given.
    """
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415

    figure = new_figure(WIDTH, HEIGHT, DPI)
    font = FontProperties(fname=str(font_path()))
    axes = figure.add_axes((0.13, 0.14, 0.83, 0.74))
    axes.set_title(TITLE.say(lang), fontproperties=font, fontsize=12, color=INK)
    axes.set_xlabel(SECONDS.say(lang), fontproperties=font, color=FAINT)
    axes.set_ylabel(POINTS.say(lang), fontproperties=font, color=FAINT)
    made = plan.provenance
    for kind, style, color, name in (
        ("bound", "--", BOUND, PROVED),
        ("value", "-", VALUE, REACHED),
    ):
        known = [(p.seconds, v) for p in made.trace if (v := getattr(p, kind)) is not None]
        if known:
            end = max(made.seconds, made.trace[-1].seconds)
            times, levels = zip(*known, (end, known[-1][1]), strict=True)
            axes.step(times, levels, style, where="post", color=color, label=name.say(lang))
    if made.trace:
        axes.legend(prop=font, loc="best", frameon=False)
    else:
        text = axes.text(0.5, 0.5, NOT_KNOWN.say(lang), fontproperties=font, color=FAINT)
        text.set(ha="center", va="center", transform=axes.transAxes)
    axes.set_xlim(left=0)
    axes.grid(color="#D5DAE1", linewidth=0.6)
    write_png(figure, path, made.run, force)
