"""Runs the README's tour of the command line and writes the real output into it.

python benchmarks/readme.py
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
TOUR = (
    'khamtob ask "นายกฯ ประยุทธ์ยกหูคุยกับประธานาธิบดีมุน แจอิน วันไหน" -k 1',
    'khamtob ask "ทูตเกาหลีใต้ที่มาพบโฆษกรัฐบาลไทยต้นปี 2566 ชื่ออะไร" -k 1',
    'khamtob ask "When did the prime minister talk with President Moon Jae-in on the phone?" -k 1',
    'khamtob ask "How many tourists from South Korea visited Thailand in 2024?" -k 1',
    'khamtob search "smart city" -k 1',
)


def run(command: str) -> str:
    """What a command of the tour prints."""
    words = re.findall(r'"[^"]*"|\S+', command)
    arguments = [word.strip('"') for word in words[1:]]
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return re.sub(r"\n\n+", "\n", done.stdout).strip()


def main() -> None:
    """Rewrite the tour."""
    shown = [f"$ {command}\n{run(command)}" for command in TOUR]
    block = "<!-- tour -->\n```console\n" + "\n".join(shown) + "\n```\n<!-- /tour -->"
    text = README.read_text("utf-8")
    README.write_text(
        re.sub(r"<!-- tour -->.*?<!-- /tour -->", lambda _: block, text, flags=re.DOTALL), "utf-8"
    )


if __name__ == "__main__":
    main()
