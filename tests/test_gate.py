"""What every request passes first, and whether a way of serving is safe to begin with."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.service.access import Access, AccessError, free_port, is_local
from ui.service.gate import OPEN, WRONG_A_MINUTE, Gate
from ui.service.passwords import Accounts, set_password

ROOT = Path(__file__).resolve().parent.parent


def client(access: Access, address: str = "192.0.2.7", base: str = "http://127.0.0.1:7860") -> TestClient:
    async def answer(_: Request) -> Response:
        return PlainTextResponse("served")

    methods = ["GET", "POST", "OPTIONS"]
    app = Gate(Starlette(routes=[Route("/{path:path}", answer, methods=methods)]), access)
    return TestClient(app, base_url=base, client=(address, 1))


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    set_password(tmp_path / "people", "มานี", "correct: horse")
    return Accounts(tmp_path / "people")


def basic(name: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def test_without_a_password_nothing_is_served_but_health(accounts: Accounts) -> None:
    asked = client(Access(accounts))
    for path in (
        "/",
        "/api/ask",
        "/metrics",
        "/gradio_api/mcp/",
        "/gradio_api/queue/join",
        "/config",
        "/theme.css",
    ):
        got = asked.get(path)
        assert (got.status_code, got.json()["error"]) == (401, "unauthorised"), path
        assert got.headers["www-authenticate"].startswith("Basic ")
    for path in OPEN:
        assert asked.get(path).text == "served"
    assert asked.get("/api/ask", headers=basic("มานี", "correct: horse")).text == "served"


def test_passwords_can_not_be_guessed_without_end(accounts: Accounts) -> None:
    asked = client(Access(accounts))
    for header in ("Basic", "Basic !", "Basic " + base64.b64encode(b"\xff:x").decode(), "Bearer x"):
        assert asked.get("/", headers={"Authorization": header}).status_code == 401
    for _ in range(WRONG_A_MINUTE):
        assert asked.get("/", headers=basic("มานี", "wrong horse")).status_code == 401
    got = asked.get("/", headers=basic("มานี", "correct: horse"))
    assert (got.status_code, got.headers["retry-after"]) == (429, "60")
    elsewhere = client(Access(accounts), "192.0.2.8")
    assert elsewhere.get("/", headers=basic("มานี", "correct: horse")).text == "served"


@pytest.mark.parametrize(
    ("method", "headers", "served"),
    [
        ("GET", {}, True),
        ("POST", {}, True),
        ("GET", {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, True),
        ("POST", {"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1:7860"}, True),
        ("GET", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, True),
        ("POST", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, False),
        ("GET", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}, False),
        ("GET", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, False),
        ("GET", {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}, False),
        ("POST", {"Origin": "http://127.0.0.1:7860"}, True),
        ("POST", {"Origin": "http://evil.example"}, False),
        ("GET", {"Origin": "http://127.0.0.1:3000"}, False),
        ("POST", {"Origin": "null"}, False),
    ],
)
def test_pages_of_other_sites_may_not_ask(method: str, headers: dict[str, str], served: bool) -> None:
    got = client(Access()).request(method, "/api/ask", headers=headers)
    assert got.status_code == (200 if served else 403)


@pytest.mark.parametrize(
    ("host", "served"),
    [
        ("127.0.0.1:7860", True),
        ("localhost", True),
        ("[::1]:7860", True),
        ("evil.example", False),
        ("", False),
    ],
)
def test_a_name_that_was_bent_to_this_machine_is_not_answered_to(host: str, served: bool) -> None:
    got = client(Access()).get("/api/ask", headers={"Host": host})
    assert got.status_code == (200 if served else 403)
    assert client(Access(root_path="/k")).get("/api/ask", headers={"Host": "k.example"}).status_code == 200
    assert client(Access(local=False)).get("/api/ask", headers={"Host": "k.example"}).status_code == 200


def test_of_gradios_endpoints_only_those_needed_are_there() -> None:
    for access, prefix in ((Access(), ""), (Access(root_path="/k"), "/k"), (Access(root_path="/k"), "")):
        asked = client(access)
        for path in (
            "/",
            "/gradio_api/queue/join",
            "/gradio_api/file=/tmp/x.txt",
            "/assets/x.js",
            "/theme.css",
        ):
            assert asked.get(prefix + path).status_code == 200, path
        for path in (
            "/gradio_api/proxy=https://x.hf.space/",
            "/gradio_api/file=http://169.254.169.254/",
            "/gradio_api/file/etc/passwd",
            "/gradio_api/stream/x",
            "/gradio_api/component_server",
            "/gradio_api/custom_component/x/client/y/z.py",
            "/gradio_api/vibe-code/",
            "/gradio_api/dev/reload",
            "/gradio_api/token",
            "/monitoring/summary",
            "/login",
        ):
            assert asked.get(prefix + path).status_code == 404, path


def test_files_are_taken_only_where_they_are_wanted_and_small() -> None:
    files = {"files": ("a.txt", b"x" * 1000)}
    assert client(Access()).post("/gradio_api/upload", files=files).status_code == 403
    wanted = client(Access(uploads=True, most_bytes=500_000))
    assert wanted.post("/gradio_api/upload", files=files).status_code == 200
    large = {"files": ("a.txt", b"x" * 600_000)}
    assert wanted.post("/gradio_api/upload", files=large).status_code == 413


@pytest.mark.parametrize(
    ("host", "local"),
    [
        *((name, True) for name in ("127.0.0.1", "localhost", "::1", "[::1]", "127.9.9.9")),
        *((name, False) for name in ("0.0.0.0", "::", "192.0.2.1", "khamtob.example", "")),
    ],
)
def test_what_others_can_reach_needs_a_password_or_a_word(host: str, local: bool, accounts: Accounts) -> None:
    assert is_local(host) == local
    Access(accounts).check(host, False)
    Access().check(host, True)
    if local:
        Access().check(host, False)
    else:
        with pytest.raises(AccessError, match="--auth FILE"):
            Access().check(host, False)


def test_a_proxy_and_a_root_path_must_be_ones() -> None:
    for access in (
        Access(proxies=("10.0.0.0/8", "::1")),
        Access(root_path="/k"),
        Access(root_path="https://a.b/k"),
    ):
        access.check("127.0.0.1", False)
    for access in (Access(proxies=("proxy",)), Access(root_path="k"), Access(root_path="/k/")):
        with pytest.raises(AccessError):
            access.check("127.0.0.1", False)


def test_a_free_port_can_be_listened_on() -> None:
    assert 0 < free_port("127.0.0.1") < 65536
    with pytest.raises(OSError):
        free_port("192.0.2.1")


def test_serve_will_not_open_itself_to_others_unasked() -> None:
    command = [sys.executable, "-m", "ui.cli", "serve", "--host", "0.0.0.0"]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: others can reach 0.0.0.0: give --auth FILE")
