"""Fails when a test was skipped or expected to fail; names each."""

import sys
from xml.etree import ElementTree

suites = ElementTree.parse(sys.argv[1]).getroot()
skipped = [
    f"{case.get('classname')}::{case.get('name')}"
    for case in suites.iter("testcase")
    if case.find("skipped") is not None
]
if skipped:
    raise SystemExit("skipped tests are failures here:\n  " + "\n  ".join(skipped))
