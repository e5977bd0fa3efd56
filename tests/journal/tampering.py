"""What somebody with all rights on the database could do to the journal, by kinds (JR-06).

Each takes a source of chance and changes the tables as cleverly as its kind can. Those that end in
`everything rewritten` leave no trace inside: only what is outside (exported anchors, receipts)
can tell.
"""

import json
from datetime import timedelta

from django.db.models import F, QuerySet

from journal.canonical import anchor_hash, canonical, content_hash, entry_hash, moment
from journal.merkle import merkle_root
from journal.models import Anchor, AnchorLeaf, Content, Entry, Stream


def rows(model):
    """The rows of a table, past the class that refuses to change them."""
    return QuerySet(model)


def edit_body(chance):
    entry = _any(Entry, chance)
    _change(entry, body=entry.body.replace('"v":1', '"v":2'))


def edit_body_and_hash(chance):
    _reforge(_any(Entry, chance), action="proposal.forged")


def edit_column(chance):
    column, value = chance.choice(
        [("action", "x.y"), ("role", "x"), ("after", "x"), ("actor", None)]
    )
    _change(_any(Entry, chance), **{column: value})


def retime_column(chance):
    entry = _any(Entry, chance)
    _change(entry, at=entry.at + timedelta(seconds=chance.randint(1, 10**6)))


def retime_with_fresh_hash(chance):
    entry = _any(Entry, chance)
    at = entry.at - timedelta(seconds=chance.randint(1, 60))
    _reforge(entry, at=moment(at))
    _change(entry, at=at)


def delete_entry(chance):
    rows(Entry).filter(pk=_any(Entry, chance).pk)._raw_delete("default")


def delete_entry_and_close_the_gap(chance):
    entry = chance.choice(list(Entry.objects.exclude(seq=1)))
    rows(AnchorLeaf).filter(entry=entry)._raw_delete("default")
    rows(Entry).filter(pk=entry.pk)._raw_delete("default")
    _rewrite(entry.stream_id)


def insert_entry(chance):
    """A forged entry at the end of a stream, linked and counted as it should be."""
    last = _last_of_any_stream(chance)
    facts = {"seq": last.seq + 1, "prev": last.entry_hash, "action": "proposal.forged"}
    body = canonical(json.loads(last.body) | facts)
    Entry.objects.create(
        stream_id=last.stream_id,
        seq=last.seq + 1,
        body=body,
        prev_hash=last.entry_hash,
        entry_hash=entry_hash(body),
        at=last.at,
        action="proposal.forged",
        actor=last.actor,
        role=last.role,
        before=last.before,
        after=last.after,
    )
    rows(Stream).filter(pk=last.stream_id).update(length=last.seq + 1, head_hash=entry_hash(body))


def insert_entry_in_the_middle(chance):
    insert_entry(chance)
    forged = Entry.objects.get(action="proposal.forged")
    _change(forged, seq=1000)
    for entry in Entry.objects.filter(stream=forged.stream_id, seq__range=(2, 999)).order_by(
        "-seq"
    ):
        _change(entry, seq=entry.seq + 1)
    _change(forged, seq=2)
    _rewrite(forged.stream_id)


def swap_bodies(chance):
    one, other = chance.sample(list(Entry.objects.all()), 2)
    _change(one, body=other.body)
    _change(other, body=one.body)


def cut_tail(chance):
    last = _last_of_any_stream(chance)
    rows(AnchorLeaf).filter(entry=last)._raw_delete("default")
    rows(Entry).filter(pk=last.pk)._raw_delete("default")


def cut_tail_and_shorten_the_row(chance):
    last = _last_of_any_stream(chance)
    cut_tail_of(last)


def cut_tail_of(last):
    rows(AnchorLeaf).filter(entry=last)._raw_delete("default")
    rows(Entry).filter(pk=last.pk)._raw_delete("default")
    rows(Content).filter(sha256=last.data.get("content_sha256", ""))._raw_delete("default")
    rows(Stream).filter(pk=last.stream_id).update(length=F("length") - 1, head_hash=last.prev_hash)


def rewrite_stream(chance):
    entry = _any(Entry, chance)
    _reforge(entry, role="forged")
    _change(entry, role="forged")
    _rewrite(entry.stream_id)


def drop_stream(chance):
    stream = _any_used_stream(chance)
    for model in (Entry, Content):
        rows(model).filter(stream=stream.pk)._raw_delete("default")
    rows(Stream).filter(pk=stream.pk)._raw_delete("default")


def drop_stream_row(chance):
    rows(Stream).filter(pk=_any_used_stream(chance).pk)._raw_delete("default")


def edit_content(chance):
    content = _any(Content, chance)
    _change(content, body=content.body.replace("facts", "fakts"))


def edit_content_with_fresh_digest(chance):
    content = _any(Content, chance)
    body = canonical(json.loads(content.body) | {"facts": {"quote": "Sửa"}})
    _change(content, body=body, sha256=content_hash(body))


def delete_content(chance):
    rows(Content).filter(pk=_any(Content, chance).pk)._raw_delete("default")


def add_content(chance):
    body = canonical({"v": 1, "kind": "note", "salt": "", "facts": {"n": chance.random().hex()}})
    stream = _any(Stream, chance)
    Content.objects.create(kind="note", stream=stream, body=body, sha256=content_hash(body))


def edit_kind_of_content(chance):
    _change(_any(Content, chance), kind="other")


def edit_anchor(chance):
    column, value = chance.choice([("root", "a" * 64), ("size", 99), ("body", "{}")])
    _change(_any(Anchor, chance), **{column: value})


def drop_anchor_in_the_middle(chance):
    anchors = list(Anchor.objects.order_by("date"))[:-1]
    _drop_anchor(chance.choice(anchors))


def drop_leaf(chance):
    rows(AnchorLeaf).filter(pk=_any(AnchorLeaf, chance).pk)._raw_delete("default")


def move_leaf(chance):
    leaf = _any(AnchorLeaf, chance)
    other = chance.choice(list(Anchor.objects.exclude(pk=leaf.anchor_id)))
    rows(AnchorLeaf).filter(pk=leaf.pk).update(anchor=other, place=99)


def rewrite_everything(chance):
    """A stream with fresh hashes, and all anchors from then on with fresh roots."""
    rewrite_stream(chance)
    prev = "0" * 64
    for anchor in Anchor.objects.order_by("date"):
        leaves = anchor.leaves.order_by("place").values_list("entry__entry_hash", flat=True)
        root = merkle_root(leaves)
        body = canonical(json.loads(anchor.body) | {"root": root, "prev": prev})
        _change(anchor, body=body, root=root, prev_hash=prev, anchor_hash=anchor_hash(body))
        prev = anchor.anchor_hash


def drop_last_anchors(chance):
    """The newest entries and their anchors, as when an old backup is put back."""
    for anchor in list(Anchor.objects.order_by("-date"))[: chance.randint(1, 4)]:
        entries = list(Entry.objects.filter(leaf__anchor=anchor).order_by("-seq"))
        _drop_anchor(anchor)
        for entry in entries:
            cut_tail_of(entry)


SEEN_INSIDE = [
    *(edit_body, edit_body_and_hash, edit_column, retime_column, retime_with_fresh_hash),
    *(
        delete_entry,
        delete_entry_and_close_the_gap,
        insert_entry,
        swap_bodies,
        cut_tail,
        insert_entry_in_the_middle,
    ),
    *(cut_tail_and_shorten_the_row, rewrite_stream, drop_stream, drop_stream_row),
    *(edit_content, edit_content_with_fresh_digest, delete_content, add_content),
    *(edit_kind_of_content, edit_anchor, drop_anchor_in_the_middle, drop_leaf, move_leaf),
]
SEEN_FROM_OUTSIDE = [rewrite_everything, drop_last_anchors]


def _any(model, chance):
    return chance.choice(list(model.objects.order_by("pk")))


def _any_used_stream(chance):
    return chance.choice(list(Stream.objects.filter(length__gt=1).order_by("pk")))


def _last_of_any_stream(chance):
    stream = _any_used_stream(chance)
    return Entry.objects.get(stream=stream, seq=stream.length)


def _change(row, **columns):
    rows(type(row)).filter(pk=row.pk).update(**columns)
    for column, value in columns.items():
        setattr(row, column, value)


def _reforge(entry, **facts):
    body = canonical(json.loads(entry.body) | facts)
    _change(entry, body=body, entry_hash=entry_hash(body))
    if "action" in facts:
        _change(entry, action=facts["action"])


def _rewrite(stream):
    """Number and link all entries of a stream anew, with hashes that fit, its row included."""
    prev = "0" * 64
    entries = list(Entry.objects.filter(stream=stream).order_by("seq"))
    for entry in entries:
        _change(entry, prev_hash=f"to be written {entry.pk}")
    for seq, entry in enumerate(entries, start=1):
        body = canonical(json.loads(entry.body) | {"seq": seq, "prev": prev})
        _change(entry, seq=seq, body=body, prev_hash=prev, entry_hash=entry_hash(body))
        prev = entry.entry_hash
    rows(Stream).filter(pk=stream).update(length=seq, head_hash=prev)


def _drop_anchor(anchor):
    rows(AnchorLeaf).filter(anchor=anchor)._raw_delete("default")
    rows(Anchor).filter(pk=anchor.pk)._raw_delete("default")
