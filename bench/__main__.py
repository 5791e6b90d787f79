"""`python -m bench [--sizes 250,1000,4000] [--jobs 2] [--json FILE]`: generates archives, builds them, prints a table.

The unit is the bare lxml parse of the same editions in the same run (1x). It fails no test; its figures go into the docs.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from bench.generate import generate, publish
from build_tools.cli import executor

STAGES = (
    "reading",
    "linking",
    "checking",
    "trust (inside check)",
    "exporting",
    "rendering",
    "graphs (inside rendering)",
    "shell",
    "finish",
    "index (inside finish)",
    "total",
)
ROOT = Path(__file__).parent.parent


def main() -> None:
    """Measure each size in a process of its own and print the table."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--sizes", default="250,1000,4000")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", type=Path, default=None, help="write the figures there, too")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    results = {size: _measured(size, options.jobs) for size in sizes}
    print(table(results))
    if options.json:
        options.json.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _measured(size: int, jobs: int) -> dict[str, float]:
    print(f"bench: {size} documents", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder) / "sources"
        generate(ROOT / "sources", sources, size)
        with executor(jobs) as pool:
            publish(sources, pool)
        done = subprocess.run(
            [sys.executable, "-m", "bench.measure", str(sources), str(ROOT / "mkdocs.yml"), str(jobs)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            check=True,
        )
    return dict(json.loads(done.stdout))


def table(results: dict[int, dict[str, float]]) -> str:
    """The figures as lines of text: each stage as a multiple of the floor of its own run."""
    sizes = sorted(results)
    lines = [
        "documents".ljust(28) + "".join(f"{size:>12,}" for size in sizes),
        "floor, seconds (1x)".ljust(28) + "".join(f"{results[size]['floor']:>12.2f}" for size in sizes),
    ]
    lines += [
        stage.ljust(28) + "".join(f"{results[size][stage] / results[size]['floor']:>11.1f}x" for size in sizes)
        for stage in STAGES
    ]
    lines.append("total, seconds".ljust(28) + "".join(f"{results[size]['total']:>12.1f}" for size in sizes))
    lines.append("peak memory, MiB".ljust(28) + "".join(f"{results[size]['memory']:>12.0f}" for size in sizes))
    lines.append("pages".ljust(28) + "".join(f"{results[size]['pages']:>12,.0f}" for size in sizes))
    lines.append("bytes per page".ljust(28) + "".join(f"{results[size]['bytes per page']:>12,.0f}" for size in sizes))
    lines.append(
        "largest page, KB gzip".ljust(28) + "".join(f"{results[size]['largest page'] / 1000:>12.1f}" for size in sizes)
    )
    lines.append(
        "pages over 130 KB".ljust(28) + "".join(f"{results[size]['pages over 130 KB']:>12,.0f}" for size in sizes)
    )
    shares = [
        results[size]["trust (inside check)"]
        / sum(results[size][stage] for stage in ("reading", "linking", "checking"))
        for size in sizes
    ]
    lines.append("trust, of check".ljust(28) + "".join(f"{share:>12.0%}" for share in shares))
    for small, large in pairwise(sizes):
        ratio = results[large]["total"] / results[small]["total"]
        exponent = math.log(ratio) / math.log(large / small)
        times = f"{ratio:.2f}x the time for {large / small:.2f}x the documents"
        lines.append(f"growth {small:,} to {large:,}: {times} (exponent {exponent:.2f})")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
