"""A visitor is spoken to in the language asked for, else in the browser's; the page says which."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.languages import OWN_NAMES, preferred_language
from ui.messages import SPOKEN
from ui.pages.page_language import PageLanguage

PAGE = '<!doctype html>\n<html\n\tlang="en"\n\tstyle="margin: 0">\n<head>\n<p lang="en">'


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("ko", "th-TH,th;q=0.9", "ko"),
        ("ja-JP", "", "ja"),
        ("xx", "ja,en;q=0.5", "ja"),
        (None, "fr-FR,fr;q=0.9,ko;q=0.8,en;q=0.7", "ko"),
        (None, "en;q=0.5, th;q=0.9", "th"),
        (None, "TH-th", "th"),
        (None, "th;q=0,de", "en"),
        (None, "ko;q=many", "en"),
        ('"><script>', "*", "en"),
        (None, "", "en"),
    ],
)
def test_what_is_asked_for_comes_first_then_what_the_browser_accepts(
    asked: str | None, accepted: str, language: str
) -> None:
    assert preferred_language(asked, accepted) == language


def test_every_language_is_offered_by_its_own_name() -> None:
    assert list(OWN_NAMES) == [words.language for words in SPOKEN]


def whole(request: Request) -> Response:
    return HTMLResponse(PAGE)


def in_parts(request: Request) -> Response:
    return StreamingResponse(iter([PAGE[:20], PAGE[20:]]), media_type="text/html")


def data(request: Request) -> Response:
    return JSONResponse({"page": PAGE})


@pytest.fixture
def client() -> TestClient:
    routes = [Route("/whole", whole), Route("/parts", in_parts), Route("/data", data)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(PageLanguage)]))


@pytest.mark.parametrize("path", ["/whole", "/parts"])
def test_a_page_says_its_language_before_any_script_of_its_own(client: TestClient, path: str) -> None:
    response = client.get(f"{path}?lang=ko", headers={"accept-language": "th"})
    assert '<html\n\tlang="ko"\n\tstyle="margin: 0">\n<head><script>' in response.text
    assert 'navigator,"language",{get:()=>"ko"}' in response.text
    assert response.text.endswith('</script>\n<p lang="en">')
    assert response.headers["content-language"] == "ko"
    assert response.headers["content-length"] == str(len(response.content))
    assert "Accept-Language" in response.headers["vary"]


def test_what_is_no_page_passes_as_it_is(client: TestClient) -> None:
    response = client.get("/data?lang=ko")
    assert response.json() == {"page": PAGE}
    assert "content-language" not in response.headers
    assert client.head("/whole").headers.get("content-language") is None
