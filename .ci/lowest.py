"""Print the lowest supported version of each dependency, as pyproject.toml bounds it, as a constraint."""

import re
import sys
import tomllib
from pathlib import Path

project = tomllib.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["project"]
for requirement in [*project["dependencies"], *project["optional-dependencies"]["test"]]:
    bound = re.fullmatch(r"([A-Za-z0-9_.-]+)(?:\[[^]]*\])?>=([0-9.]+).*", requirement)
    if bound is None:
        sys.exit(f"{requirement!r} has no lower bound: write name>=version")
    print(f"{bound[1]}=={bound[2]}")
