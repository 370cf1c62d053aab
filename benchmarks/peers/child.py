"""One peer's run, in a process of its own: ``python -m benchmarks.peers.child PEER FOLDER S SEED``.

Reads ``school.json`` in the folder and leaves ``answer.json`` there.
"""

import sys
from pathlib import Path

from benchmarks.peers.answer import ANSWER, SCHOOL, Task
from benchmarks.peers.entries import peer
from models import School


def main() -> None:
    """Run the peer that the command line names."""
    name, place, seconds, seed = sys.argv[1:]
    folder = Path(place)
    school = School.model_validate_json((folder / SCHOOL).read_bytes())
    answer = peer(name)(Task(school, float(seconds), int(seed), folder))
    written = folder / f"{ANSWER}.part"
    written.write_text(answer.model_dump_json(), "utf-8")
    written.replace(folder / ANSWER)


if __name__ == "__main__":
    main()
