"""make faults: seeds every fault of the sheets and prints, rule by rule, what was found, missed and false."""

import sys
from collections import Counter

from tests.cases.places import shown
from tests.seeded.faults import faults, judged


def main() -> int:
    """Print the table; 1 where anything was missed or false."""
    seeded: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for fault in faults():
        verdict = judged(fault)
        seeded[fault.rule] += 1
        found[fault.rule] += verdict.found
        missed[fault.rule] += len(verdict.missed)
        false[fault.rule] += len(verdict.false)
        if verdict.missed or verdict.false:
            print(f"{fault.name}: missed {verdict.missed}, false:\n{shown(verdict.false)}\n", file=sys.stderr)
    print(f"{'rule':<40} {'faults':>6} {'found':>6} {'missed':>6} {'false':>6}")
    for rule in sorted(seeded):
        print(f"{rule:<40} {seeded[rule]:>6} {found[rule]:>6} {missed[rule]:>6} {false[rule]:>6}")
    print(f"{f'{len(seeded)} rules':<40} {seeded.total():>6} {found.total():>6} {missed.total():>6} {false.total():>6}")
    return 1 if missed.total() or false.total() else 0


if __name__ == "__main__":
    sys.exit(main())
