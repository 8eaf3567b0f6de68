"""Whether an index is whole: every text, every digest, and the same chunks everywhere."""

import numpy as np

from corpus.catalogue import Catalogue
from corpus.database import ANEW
from corpus.errors import ArchiveDamaged
from corpus.vectors import unlike
from qa.store.generation import REBUILD, Generation


def check(catalogue: Catalogue, generation: Generation | None) -> None:
    """Go through all of an index; `generation` has been opened, so that its files' digests are right.

    Raises:
        ArchiveDamaged: something is amiss; names it and says what to do.
    """
    if problems := catalogue.problems():
        raise ArchiveDamaged(f"{catalogue.path} is damaged ({problems[0]}); {ANEW}")
    published = catalogue.published
    for row in catalogue.rows(published):
        catalogue.document(row)
    vectors = catalogue.vectors
    for row in catalogue.digests.unlike(vectors):
        raise unlike(vectors.path, f"not the vectors that «{catalogue.document(row).id}» was stored with")
    if generation is None:
        return
    wanted = np.array(list(catalogue.placed(published)), np.int64).reshape(-1, 4)
    same = (
        np.array_equal(np.sort(generation.vectors.ids), wanted[:, 0])
        and np.array_equal(generation.lexical.placed(), wanted)
        and len(generation.lexical) == len(wanted)
        and generation.manifest.documents == catalogue.listing(published).count()
    )
    if not same:
        generations = catalogue.path.parent / "generations" / str(published)
        raise ArchiveDamaged(f"{generations} holds other passages than the catalogue; {REBUILD}")
