"""Names and passwords in a file."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ui.service.passwords import Accounts, PasswordError, remove_name, set_password

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "people"
    assert set_password(path, "มานี", "รหัสผ่านยาวพอ:1")
    return path


def test_only_the_right_password_of_the_right_name_fits(file: Path) -> None:
    accounts = Accounts(file)
    assert not accounts.recognises("มานี", "รหัสผ่านยาวพอ:1")
    assert accounts.check("มานี", "รหัสผ่านยาวพอ:1")
    assert accounts.recognises("มานี", "รหัสผ่านยาวพอ:1")
    for name, password in (
        ("มานี", "wrong"),
        ("มานี", ""),
        ("mana", "รหัสผ่านยาวพอ:1"),
        ("", ""),
        ("\udcff", "x"),
    ):
        assert not accounts.check(name, password)
        assert not accounts.recognises(name, password)


def test_no_password_is_in_the_file_and_nobody_else_may_read_it(file: Path) -> None:
    set_password(file, "mana", "correct horse")
    text = file.read_text("utf-8")
    assert "correct" not in text and "รหัส" not in text
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    set_password(file, "mana2", "correct horse")
    lines = file.read_text("utf-8").splitlines()
    assert len({line.partition(":")[2] for line in lines}) == 3


def test_a_change_counts_at_once(file: Path) -> None:
    accounts = Accounts(file)
    assert accounts.check("มานี", "รหัสผ่านยาวพอ:1")
    assert not set_password(file, "มานี", "another one")
    assert not accounts.recognises("มานี", "รหัสผ่านยาวพอ:1")
    assert accounts.check("มานี", "another one")
    set_password(file, "mana", "correct horse")
    assert accounts.check("mana", "correct horse")
    remove_name(file, "มานี")
    assert not accounts.recognises("มานี", "another one") and not accounts.check("มานี", "another one")
    file.write_text("rubbish", "utf-8")
    assert not accounts.check("mana", "correct horse")
    file.unlink()
    assert not accounts.check("mana", "correct horse")


def test_what_is_wrong_with_a_file_is_said_with_its_line(tmp_path: Path, file: Path) -> None:
    file.write_text(file.read_text("utf-8") + "# nobody\n\nmana:plain\n", "utf-8")
    with pytest.raises(PasswordError, match=f"^{file}:4: not a name with a digest"):
        Accounts(file)
    with pytest.raises(PasswordError, match="can't be read"):
        Accounts(tmp_path / "none")
    (tmp_path / "empty").touch()
    with pytest.raises(PasswordError, match="there is nobody in it"):
        Accounts(tmp_path / "empty")
    for name, password in (
        ("", "long enough"),
        ("a:b", "long enough"),
        ("a\n", "long enough"),
        ("a", "short"),
    ):
        with pytest.raises(PasswordError):
            set_password(tmp_path / "more", name, password)
    assert not (tmp_path / "more").exists()
    with pytest.raises(PasswordError, match="nobody called"):
        remove_name(tmp_path / "empty", "mana")


def test_the_command_adds_changes_and_removes(tmp_path: Path) -> None:
    def passwd(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "ui.cli", "passwd", str(tmp_path / "people"), *arguments]
        return subprocess.run(
            command,
            check=False,
            cwd=ROOT,
            input=given,
            capture_output=True,
            text=True,
            env=os.environ | {"LC_ALL": "C.UTF-8"},
        )

    assert passwd("มานี", given="correct horse\n").returncode == 0
    assert Accounts(tmp_path / "people").check("มานี", "correct horse")
    refused = passwd("มานี", given="short\n")
    assert (refused.returncode, refused.stderr) == (1, "error: a password needs 8 characters or more\n")
    assert passwd("มานี", "--remove").returncode == 0
    assert (tmp_path / "people").read_text("utf-8") == ""
