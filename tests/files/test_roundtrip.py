"""A school comes back from every format exactly as it was."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models import Lang, School
from optimizer.files import inspect_school, write_school
from tests.files.strategies import schools


@pytest.mark.parametrize("suffix", [".xlsx", "", ".json"])
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # Shrinking a whole school takes minutes and gains little.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(school=schools(), lang=st.sampled_from(["zh", "en"]))
def test_nothing_is_lost(suffix: str, school: School, lang: Lang) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"school{suffix}"
        write_school(school, path, lang)
        found = inspect_school(path)
        assert found.errors == ()
        assert found.school is not None
        for name in School.model_fields:
            assert getattr(found.school, name) == getattr(school, name)
        assert found.school.digest == school.digest
