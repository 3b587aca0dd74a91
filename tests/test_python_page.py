"""docs/python.md: what it shows of the estimators runs."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "python.md"


def test_the_example_on_texts_alone_finds_both_matters(capsys) -> None:
    example = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[-1]
    exec(compile(example, str(PAGE), "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert any("phone" in line for line in lines)
    assert any("broken" in line for line in lines)
