"""Give schools to a peer, or to all of them one after the other, and record what each reached.

python -m benchmarks.peers setup                          # once: the peers' own environment
python -m benchmarks.peers whole --size S --style mixed --seeds 0 1 --limit 60
python -m benchmarks.peers all --size S M L --limit 60    # every peer, style and seed 0-4
python -m benchmarks.peers table                          # the rows so far, in one table
"""

import argparse
from collections.abc import Iterator
from typing import get_args

from benchmarks.best_known import SIZES, Best, ContradictionError, Which, best_known, update
from benchmarks.peers.entries import CERTIFIED, PEERS
from benchmarks.peers.environment import setup
from benchmarks.peers.judge import judge
from benchmarks.peers.run import run
from benchmarks.peers.table import have, share, table
from benchmarks.record import append, product, tell
from instances import StyleName
from models import School


def one(peer: str, which: Which, school: School, limit: float, seed: int) -> None:
    """Run one peer on one school, judge its answer, record and print the row."""
    ran = run(peer, school, limit, seed)
    verdict = judge(school, ran.answer, peer)
    best = best_known(which, school.digest)
    complaint = ""
    try:
        best = _learnt(peer, which, school, verdict.value, ran.answer.bound)
    except ContradictionError as error:
        complaint = str(error)
    row: dict[str, object] = {
        "product": product(),
        "peer": peer,
        "school": which.name,
        "digest": school.digest,
        "limit": limit,
        "seed": seed,
        "status": verdict.status,
        "seconds": round(ran.answer.seconds, 1),
        "total_s": round(ran.seconds, 1),
        "value": verdict.value,
        "findings": verdict.findings,
        "bound": None if ran.answer.bound is None else round(ran.answer.bound, 2),
        "best_value": best.value,
        "best_bound": best.bound,
        "share": share(verdict.value, best.bound),
        "peak_mb": ran.peak_mb,
        "note": complaint or verdict.first or ran.answer.note,
    }
    append("peers", row)
    tell(row)


def _learnt(
    peer: str, which: Which, school: School, value: int | None, bound: float | None
) -> Best:
    """Note a checked value, and a bound that was proved in whole numbers."""
    certified = int(bound) if bound is not None and peer in CERTIFIED else None
    return update(which, school.digest, value, certified)


def schools(options: argparse.Namespace) -> Iterator[Which]:
    """Give the schools that the options name, small ones first."""
    for size in options.size:
        for style in options.style:
            for seed in options.seeds:
                yield Which(style, *SIZES[size], seed)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    styles = get_args(StyleName)
    parser.add_argument("peer", choices=["setup", "table", "all", *PEERS])
    parser.add_argument("--size", nargs="+", choices=SIZES, default=["S"])
    parser.add_argument("--style", nargs="+", choices=styles, default=styles)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2, 3, 4])
    parser.add_argument("--limit", type=float, default=60.0, help="seconds a run")
    parser.add_argument("--peer-seed", type=int, default=1, help="the peers' own random seed")
    parser.add_argument("--without", nargs="+", choices=PEERS, default=[], help="of all, not these")
    options = parser.parse_args()
    if options.peer == "setup":
        setup()
    elif options.peer == "table":
        print(table())
    else:
        chosen = [p for p in PEERS if p not in options.without]
        for which in schools(options):
            school = which.make()
            for peer in chosen if options.peer == "all" else [options.peer]:
                if have(product(), peer, which.name, options.limit, options.peer_seed):
                    print(f"{peer}, {which.name}: this state has a row of it", flush=True)
                else:
                    one(peer, which, school, options.limit, options.peer_seed)


if __name__ == "__main__":
    main()
