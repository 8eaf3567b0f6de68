"""What tests of an archive ask of it."""

from qa.archive import Archive


def ids(archive: Archive) -> set[str]:
    return {summary.id for summary in archive.documents()}


def agree(archive: Archive) -> None:
    """Catalogue and generation hold the same chunks, and a quote is where it says."""
    archive.check()
    stats = archive.stats
    generation = archive._refresh()
    if generation is None:
        assert stats.generation == stats.documents == 0
        return
    assert generation.number == stats.generation
    assert len(generation.vectors) == len(generation.lexical) == stats.chunks
    assert generation.manifest.documents == stats.documents
    for passage in archive.search("ความร่วมมือ cooperation", 50):
        stored = archive.document(passage.document.id)
        assert stored is not None and passage.text in stored.text
