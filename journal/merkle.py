"""Merkle trees over hex digests, as RFC 6962 builds them; the leaves are entry hashes."""

import hashlib
from collections.abc import Iterable, Sequence

from journal.canonical import node_hash

EMPTY_ROOT = hashlib.sha256().hexdigest()


def merkle_root(leaves: Iterable[str]) -> str:
    """The root over the leaves in their order, in memory that grows with the tree's height."""
    peaks: list[tuple[int, str]] = []
    for leaf in leaves:
        height, digest = 0, leaf
        while peaks and peaks[-1][0] == height:
            digest = node_hash(peaks.pop()[1], digest)
            height += 1
        peaks.append((height, digest))
    if not peaks:
        return EMPTY_ROOT
    _, root = peaks.pop()
    while peaks:
        root = node_hash(peaks.pop()[1], root)
    return root


def inclusion_proof(leaves: Sequence[str], place: int) -> list[str]:
    """The digests that lead from one leaf to the root, lowest first."""
    if len(leaves) == 1:
        return []
    cut = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = leaves[:cut], leaves[cut:]
    if place < cut:
        return [*inclusion_proof(left, place), merkle_root(right)]
    return [*inclusion_proof(right, place - cut), merkle_root(left)]


def proves(leaf: str, place: int, size: int, proof: Sequence[str], root: str) -> bool:
    """Whether the proof shows that the leaf stands at that place under the root (RFC 9162)."""
    digest, last = leaf, size - 1
    for other in proof:
        if last == 0:
            return False
        if place % 2 or place == last:
            digest = node_hash(other, digest)
            while place and not place % 2:
                place, last = place // 2, last // 2
        else:
            digest = node_hash(digest, other)
        place, last = place // 2, last // 2
    return last == 0 and digest == root
