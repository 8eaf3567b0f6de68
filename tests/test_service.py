"""The endpoints for programs, against docs/openapi.json; over HTTP they are asked in tests/test_server.py."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from starlette.applications import Starlette
from starlette.testclient import TestClient

from corpus.document import Document
from corpus.errors import ArchiveDamaged
from embeddings.embedder import Embedder
from qa.answer import answer_as_dict
from qa.archive import Archive
from qa.questions.question import MAX_CHARACTERS
from ui.render import PassageJSON, SummaryJSON
from ui.service.api import DESCRIPTIONS, Api, ArticleJSON, ErrorJSON
from ui.service.desk import Desk
from ui.service.limits import Limit
from ui.service.readers import Busy
from ui.service.requests import MOST_BYTES, AskRequest, ListRequest, SearchRequest

DOCS = Path(__file__).resolve().parent.parent / "docs"
OPENAPI = json.loads((DOCS / "openapi.json").read_text("utf-8"))
ANSWER = json.loads((DOCS / "answer.schema.json").read_text("utf-8"))
_NAMED = {"http://k/openapi.json": OPENAPI, "http://k/answer.schema.json": ANSWER}
REGISTRY: Registry[Any] = Registry().with_resources(
    [(name, DRAFT202012.create_resource(document)) for name, document in _NAMED.items()]
)
SLASHES = Document(
    "news/2023/ข่าว 1?.txt", "The zebra committee of Atlantis elected Ms Poseidon as its chair."
)
QUESTION = "ทูตเกาหลีใต้ที่มาพบโฆษกรัฐบาลไทยชื่ออะไร"


@pytest.fixture(scope="module")
def archive(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, articles: list[Document]
) -> Iterator[Archive]:
    with Archive.create(tmp_path_factory.mktemp("service") / "index", embedder) as made:
        made.add([*articles, SLASHES])
        yield made


@pytest.fixture
def desk(archive: Archive) -> Iterator[Desk]:
    with Desk(archive) as desk:
        yield desk


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return client_of(desk)


def client_of(desk: Desk) -> TestClient:
    return TestClient(Starlette(routes=Api(desk).routes()), raise_server_exceptions=False)


def faults(value: object, path: str, status: int = 200, method: str = "get") -> list[str]:
    """What docs/openapi.json has against a response."""
    described = OPENAPI["paths"][path][method]["responses"][str(status)]
    if "$ref" in described:
        described = OPENAPI["components"]["responses"][described["$ref"].rpartition("/")[2]]
    reference = described["content"]["application/json"]["schema"]["$ref"]
    absolute = {
        "$ref": "http://k/openapi.json" + reference if reference[0] == "#" else "http://k/" + reference
    }
    return [error.message for error in Draft202012Validator(absolute, registry=REGISTRY).iter_errors(value)]


def test_an_answer_is_the_one_that_the_command_line_prints(client: TestClient, archive: Archive) -> None:
    wanted = json.loads(json.dumps(answer_as_dict(archive.ask(QUESTION, 2))))
    got = client.get("/api/ask", params={"question": QUESTION, "k": 2})
    assert (got.status_code, got.headers["content-type"]) == (200, "application/json")
    assert got.json() == wanted
    assert client.post("/api/ask", json={"question": QUESTION, "k": 2}).json() == wanted
    assert wanted["answered"] and faults(wanted, "/api/ask") == []
    refused = client.get("/api/ask", params={"question": "Who won the 1987 cup in Brazil?"}).json()
    assert not refused["answered"] and faults(refused, "/api/ask") == []


def test_history_scope_and_confidence_are_heeded(client: TestClient) -> None:
    asked = {
        "question": "And with Japan?",
        "history": ["What did Thailand and South Korea agree on cyber security?"],
        "since": "2020",
        "until": "ธ.ค. 2566",
        "language": "en",
        "publishers": ["Royal Thai Government"],
        "today": "2026-01-01",
        "min_confidence": 0,
    }
    answer = client.post("/api/ask", json=asked).json()
    assert answer["searched"] == "What did Thailand and Japan agree on cyber security?"
    assert (answer["scope"]["since"], answer["scope"]["until"]) == ("2020-01-01", "2023-12-31")
    assert answer["scope"]["languages"] == ["en"] and answer["answered"]
    assert client.get("/api/ask", params=asked).json() == answer
    never = client.get("/api/ask", params={"question": QUESTION, "min_confidence": 1}).json()
    assert not never["answered"]


def test_passages_are_ranked_as_the_command_line_has_them(client: TestClient) -> None:
    for method in ("get", "post"):
        given = {
            "params" if method == "get" else "json": {"query": "soft power", "k": 3, "retriever": "dense"}
        }
        found = getattr(client, method)("/api/search", **given).json()
        assert faults(found, "/api/search", method=method) == []
        assert [passage["rank"] for passage in found["passages"]] == [1, 2, 3]
        assert found["retriever"] == "dense"
        assert found["passages"][0].keys() == PassageJSON.__annotations__.keys()


def test_an_article_is_read_whole_by_any_id(client: TestClient, archive: Archive) -> None:
    cited = client.get("/api/ask", params={"question": QUESTION}).json()["citations"][0]
    article = client.get(f"/api/articles/{quote(cited['document_id'])}").json()
    assert faults(article, "/api/articles/{id}") == []
    assert article["text"][cited["start"] : cited["end"]] == cited["quote"]
    assert article["content_hash"] == cited["content_hash"]
    odd = client.get("/api/articles/" + quote(SLASHES.id))
    assert odd.json()["text"] == SLASHES.text
    assert client.get("/api/articles/" + quote(SLASHES.id, safe="")).json() == odd.json()


def test_articles_are_listed_in_pages(client: TestClient) -> None:
    first = client.get("/api/articles", params={"size": 20}).json()
    second = client.get("/api/articles", params={"size": 20, "page": 2}).json()
    assert faults(first, "/api/articles") == []
    assert (first["total"], len(first["documents"]), len(second["documents"])) == (33, 20, 13)
    assert first["documents"][0].keys() == SummaryJSON.__annotations__.keys()
    english = client.get("/api/articles", params={"language": "en", "since": "2023-01-01"}).json()
    assert english["documents"] and {one["language"] for one in english["documents"]} == {"en"}


@pytest.mark.parametrize(
    ("path", "parameters", "status", "code", "says"),
    [
        ("/api/ask", {}, 422, "invalid", "question: Field required"),
        ("/api/ask", {"question": " "}, 422, "no_question", "empty"),
        ("/api/ask", {"question": "x" * (MAX_CHARACTERS + 1)}, 413, "too_long", "1,001"),
        ("/api/ask", {"question": "x", "history": ["y" * 2000]}, 413, "too_long", "2,000"),
        ("/api/ask", {"question": "x", "k": "0"}, 422, "invalid", "k: "),
        ("/api/ask", {"question": "x", "since": "whenever"}, 422, "invalid", "«whenever» is no date"),
        ("/api/ask", {"question": "x", "since": "2023", "until": "2020"}, 422, "invalid", "before since"),
        ("/api/ask", {"question": "x", "language": "fr"}, 422, "invalid", "language: "),
        ("/api/ask", {"question": "x", "publishers": "Nobody"}, 422, "nothing_in_scope", "Nobody"),
        ("/api/ask", {"question": "x", "colour": "red"}, 422, "invalid", "colour: "),
        ("/api/search", {"question": "x"}, 422, "invalid", "query: "),
        ("/api/articles/nowhere", {}, 404, "no_such_article", "«nowhere»"),
        ("/api/articles/..%2F..%2Fetc%2Fpasswd", {}, 404, "no_such_article", "passwd"),
        ("/api/articles", {"page": "0"}, 422, "invalid", "page: "),
        ("/api/nothing", {}, 404, "no_such_endpoint", "/api/nothing"),
    ],
)
def test_what_can_not_be_asked_is_told_in_json(
    client: TestClient, path: str, parameters: dict[str, Any], status: int, code: str, says: str
) -> None:
    got = client.get(path, params=parameters)
    assert (got.status_code, got.json()["error"]) == (status, code)
    assert says in got.json()["message"]
    assert faults(got.json(), "/api/articles/{id}", 404) == []


def test_a_body_must_be_json_and_small(client: TestClient) -> None:
    for body in (b"{", b"\xff", b"[" * 50_000):
        got = client.post("/api/ask", content=body)
        assert (got.status_code, got.json()["error"]) == (400, "not_json")
    for wrong in ([], 7, None, {"question": 7}, {"question": None}, {"question": "x", "k": "many"}):
        got = client.post("/api/ask", content=json.dumps(wrong).encode())
        assert (got.status_code, got.json()["error"]) == (422, "invalid")
    got = client.post("/api/ask", content=b'"' + b"x" * MOST_BYTES + b'"')
    assert (got.status_code, got.json()["error"]) == (413, "too_large")
    got = client.delete("/api/ask")
    assert (got.status_code, got.json()["error"]) == (405, "wrong_method")


def test_who_asks_too_much_is_told_when_to_come_back(archive: Archive) -> None:
    with Desk(archive, limit=Limit(2)) as desk:
        client = client_of(desk)
        for _ in range(2):
            assert client.get("/api/ask", params={"question": "soft power"}).status_code == 200
        for path, name in (("/api/ask", "question"), ("/api/search", "query")):
            got = client.get(path, params={name: "soft power"})
            assert (got.status_code, got.headers["retry-after"]) == (429, "30")
            assert got.json()["error"] == "too_many" and "30 s" in got.json()["message"]
        assert client.get("/api/articles").status_code == 200


def test_of_our_own_faults_a_visitor_learns_nothing_more(
    desk: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for fault, status, code in (
        (RuntimeError("secret of /etc/index"), 500, "internal"),
        (ArchiveDamaged("/etc/index/secret: cut short"), 503, "index"),
        (Busy("too many questions at once"), 503, "busy"),
    ):

        def fail(*_: object, fault: Exception = fault, **__: object) -> None:
            raise fault

        monkeypatch.setattr(Archive, "ask", fail)
        got = client.get("/api/ask", params={"question": "x"})
        assert (got.status_code, got.json()["error"]) == (status, code)
        assert "secret" not in got.text and "Traceback" not in got.text
    assert "error: RuntimeError: secret of /etc/index" in capsys.readouterr().err


def test_health_tells_what_answers(
    client: TestClient, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    health = client.get("/health").json()
    assert faults(health, "/health") == []
    stats = archive.stats
    assert health["ready"] is True
    assert (health["generation"], health["articles"], health["passages"]) == (
        stats.generation,
        stats.documents,
        stats.chunks,
    )

    def damaged(_: Archive) -> None:
        raise ArchiveDamaged("secret")

    monkeypatch.setattr(Archive, "stats", property(damaged))
    ill = client.get("/health")
    assert (ill.status_code, ill.json()["ready"]) == (503, False)
    assert faults(ill.json(), "/health", 503) == [] and "secret" not in ill.text
    assert client.get("/metrics").status_code == 200


def test_metrics_count_every_question_by_what_became_of_it(archive: Archive) -> None:
    with Desk(archive, limit=Limit(5)) as desk:
        client = client_of(desk)
        for question in (QUESTION, "Who won the 1987 cup in Brazil?", " ", QUESTION):
            client.get("/api/ask", params={"question": question})
        client.get("/api/search", params={"query": "x"})
        client.get("/api/search", params={"query": "x"})
        got = client.get("/metrics")
        assert got.headers["content-type"].startswith("text/plain; version=")
        lines = dict(line.rsplit(" ", 1) for line in got.text.splitlines() if line[0] != "#")
        for outcome, number in (
            ("answered", 2),
            ("abstained", 1),
            ("refused", 1),
            ("found", 1),
            ("limited", 1),
        ):
            assert float(lines[f'khamtob_questions_total{{outcome="{outcome}",via="http"}}']) == number
        assert float(lines['khamtob_answer_seconds_count{via="http"}']) == 4
        assert float(lines["khamtob_index_generation"]) == archive.stats.generation
        assert float(lines["khamtob_index_documents"]) == 33
        assert float(lines["process_resident_memory_bytes"]) > 0


def test_the_description_names_every_parameter_and_key() -> None:
    for path, model in (
        ("/api/ask", AskRequest),
        ("/api/search", SearchRequest),
        ("/api/articles", ListRequest),
    ):
        named = {one["name"]: one for one in OPENAPI["paths"][path]["get"]["parameters"]}
        assert named.keys() == model.model_fields.keys()
        for name, field in model.model_fields.items():
            assert named[name]["required"] == field.is_required()
            assert named[name]["schema"].get("default") == (None if field.is_required() else field.default)
    schemas = OPENAPI["components"]["schemas"]
    assert schemas["AskRequest"]["properties"].keys() == AskRequest.model_fields.keys()
    assert schemas["SearchRequest"]["properties"].keys() == SearchRequest.model_fields.keys()
    for name, keys in (
        ("Article", ArticleJSON),
        ("Error", ErrorJSON),
        ("Passage", PassageJSON),
        ("Summary", SummaryJSON),
    ):
        assert schemas[name]["properties"].keys() == keys.__annotations__.keys()
        assert set(schemas[name]["required"]) == keys.__required_keys__


def test_the_description_names_every_endpoint(desk: Desk) -> None:
    paths = {route.path.replace(":path", "") for route in Api(desk).routes()}  # type: ignore[attr-defined]
    themselves = {f"/api/{name}" for name in DESCRIPTIONS}
    assert paths - themselves - {"/api/{path}"} == set(OPENAPI["paths"])


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_the_server_describes_itself_as_the_documentation_does(client: TestClient, name: str) -> None:
    response = client.get(f"/api/{name}")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.content == (DOCS / name).read_bytes()
    assert client.post(f"/api/{name}").status_code == 405
