"""Vectors that a bad disk has altered or cut off are made again, from the texts."""

import numpy as np

from corpus.catalogue import Catalogue
from embeddings.embedder import Embedder
from qa.store.preparing import in_context


def mend_vectors(catalogue: Catalogue, embedder: Embedder) -> int:
    """Embed again the documents whose vectors aren't those that were stored; how many there were."""
    rows = list(catalogue.digests.unlike(catalogue.vectors))
    for row in rows:
        document, pieces = catalogue.document(row), catalogue.chunks_of(row)
        texts = [in_context(document, piece.chunk) for piece in pieces]
        embedded = embedder.embed_passages(texts).astype(np.float16)
        catalogue.mend(row, [vector.tobytes() for vector in embedded])
    return len(rows)
