"""Prints the N-th command of the README: a fenced `sh` block of exactly one line."""

import re
import sys
from pathlib import Path

blocks = re.findall(r"^```sh\n(.*?)^```$", Path("README.md").read_text("utf-8"), re.S | re.M)
number = int(sys.argv[1])
if len(blocks) < number:
    raise SystemExit(f"README.md has {len(blocks)} sh blocks, expected at least {number}")
lines = blocks[number - 1].splitlines()
if len(lines) != 1:
    raise SystemExit(f"sh block {number} of README.md has {len(lines)} lines, expected one")
print(lines[0])
