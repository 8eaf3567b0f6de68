"""The chat's server as programs meet it: over HTTP, with what the README shows."""

import base64
import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from servers import chat_says, get, serving

from corpus.document import Document
from embeddings.embedder import Embedder
from qa.archive import Archive
from ui.service.access import Access
from ui.service.desk import Desk
from ui.service.limits import Limit
from ui.service.passwords import Accounts, set_password

# Gradio leaves event loops open that it makes and never uses.
pytestmark = [
    pytest.mark.filterwarnings(f"ignore::{kind}") for kind in ("DeprecationWarning", "ResourceWarning")
]

README = (Path(__file__).resolve().parent.parent / "README.md").read_text("utf-8")
CURLS = re.findall(r"^curl .*7860.*$", README, re.MULTILINE)


@pytest.fixture(scope="module")
def archive(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, articles: list[Document]
) -> Iterator[Archive]:
    with Archive.create(tmp_path_factory.mktemp("server") / "index", embedder) as made:
        made.add(articles)
        yield made


@pytest.fixture(scope="module")
def address(archive: Archive) -> Iterator[str]:
    with serving(archive) as address:
        yield address


def test_the_readme_shows_how_programs_ask() -> None:
    assert len(CURLS) == 7


@pytest.mark.parametrize("command", CURLS)
def test_what_the_readme_shows_works(command: str, address: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is missing")
    arguments = shlex.split(command.replace("http://127.0.0.1:7860", address))
    done = subprocess.run([*arguments, "-sS", "--fail"], capture_output=True, text=True, check=True)
    if "/metrics" in command:
        assert "khamtob_questions_total" in done.stdout
        return
    found = json.loads(done.stdout)
    if "/api/ask" in command:
        assert found["citations"] or found["nearest"]
    elif "/api/search" in command:
        assert len(found["passages"]) == 3
    elif "/api/articles/" in command:
        assert found["text"]
    elif "/api/articles" in command:
        assert len(found["documents"]) == 5
    else:
        assert found["ready"]


TRAVERSALS = [
    *(
        prefix + climb + target
        for prefix in ("/gradio_api/file=", "/gradio_api/file/", "/file=", "/static/", "/assets/", "/svelte/")
        for climb, target in (
            ("", "/etc/passwd"),
            ("../../../../../../", "etc/passwd"),
            ("..%2f..%2f..%2f..%2f..%2f", "etc%2fpasswd"),
            ("%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/", "etc/passwd"),
            ("..%252f..%252f..%252f..%252f", "etc%252fpasswd"),
            ("....//....//....//....//", "etc/passwd"),
            ("..\\..\\..\\", "etc\\passwd"),
        )
    ),
    "//etc/passwd",
    "/gradio_api/file=file:///etc/passwd",
    "/gradio_api/file=/proc/self/environ",
    "/gradio_api/file=/proc/self/cwd/pyproject.toml",
    "/gradio_api/file=pyproject.toml",
    "/gradio_api/file=ui/server.py",
    "/theme.css/../../etc/passwd",
    "/api/articles/../../../../etc/passwd",
    "/api/articles//etc/passwd",
]


@pytest.mark.parametrize("target", TRAVERSALS)
def test_no_file_but_the_pages_own_can_be_had(target: str, address: str) -> None:
    status, text = get(address, target)
    assert 400 <= status < 500 or "<gradio-app" in text or "window.gradio_config" in text, (
        status,
        text[:200],
    )
    assert (
        "root:" not in text
        and "[project]" not in text
        and "CONTENT_POLICY" not in text
        and "PATH=" not in text
    )


def test_nothing_of_the_index_can_be_had(address: str, archive: Archive) -> None:
    for path in [path for path in archive.folder.rglob("*") if path.is_file()]:
        for target in (
            f"/gradio_api/file={path}",
            f"/gradio_api/file={quote(str(path), safe='')}",
            f"/static{path}",
        ):
            assert get(address, target)[0] in (403, 404), target


def test_of_faults_within_a_visitor_sees_no_trace(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret of the house")

    assert "smart" in chat_says(address, "What is a smart city?")
    monkeypatch.setattr(Archive, "ask", fail)
    for said in (
        chat_says(address, "What is a smart city?", "s2"),
        get(address, "/api/ask?question=x")[1],
        *(
            get(address, f"/gradio_api/{path}", body=b'{"data": [7], "fn_index": 9999}')[1]
            for path in (
                "queue/join",
                "run/predict",
                "call/nothing",
                "call/v2/nothing",
                "cancel",
                "upload",
            )
        ),
    ):
        assert "secret" not in said and "Traceback" not in said and ".py" not in said, said
    capsys.readouterr()


def test_conversations_do_not_meet(address: str) -> None:
    first = chat_says(address, "What did Thailand and South Korea agree on cyber security?", "visitor-1")
    second = chat_says(address, "And with Japan?", "visitor-2")
    assert "kt-searched" in chat_says(address, "And with Japan?", "visitor-1")
    assert "kt-citation" in first and "kt-searched" not in second and "South Korea agree" not in second


def test_who_asks_too_much_is_told_in_the_chat_too(archive: Archive) -> None:
    limited = Desk(archive, limit=Limit(1))
    with serving(archive, limited, Access(proxies=("127.0.0.1",))) as address:
        assert "kt-turn" in chat_says(address, "soft power", "a")
        assert "That was many questions at once" in chat_says(address, "soft power", "b")
        ask = "/api/ask?question=soft"
        assert get(address, ask)[0] == 429
        assert get(address, ask, {"X-Forwarded-For": "192.0.2.1"})[0] == 200
        assert get(address, ask, {"X-Forwarded-For": "198.51.100.9, 192.0.2.1"})[0] == 429
        assert get(address, ask, {"X-Forwarded-For": "192.0.2.2"})[0] == 200


def test_a_visitor_can_not_pass_for_another(archive: Archive) -> None:
    with serving(archive, Desk(archive, limit=Limit(1))) as address:
        assert get(address, "/api/ask?question=soft", {"X-Forwarded-For": "192.0.2.1"})[0] == 200
        assert get(address, "/api/ask?question=soft", {"X-Forwarded-For": "192.0.2.2"})[0] == 429


def test_behind_a_password_and_under_a_path_all_of_it_works(archive: Archive, tmp_path: Path) -> None:
    set_password(tmp_path / "people", "mana", "correct horse")
    access = Access(Accounts(tmp_path / "people"), root_path="/khamtob")
    known = {"Authorization": "Basic " + base64.b64encode(b"mana:correct horse").decode()}
    with serving(archive, access=access) as address:
        address = address.removesuffix("/khamtob")
        for target in ("/", "/config", "/api/ask?question=x", "/metrics", "/gradio_api/info", "/theme.css"):
            assert get(address, target)[0] == 401, target
            assert get(address, target, known)[0] == 200, target
            assert get(address, "/khamtob" + target, known)[0] == 200, target
        assert json.loads(get(address, "/config", known)[1])["root"].endswith("/khamtob")
        assert get(address, "/health")[0] == 200
