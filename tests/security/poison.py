"""Putting other words into every text of the world: attacks to look for in pages, or canaries."""

import json
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from django.apps import apps
from django.db import models

from journal.models import Content
from tests.factories.journal import lifted_guards

SKIPPED_APPS = {"journal", "auth", "contenttypes", "sessions", "messages"}
SKIPPED_MODELS = {"organisation.ImportDraft"}  # its first row are the names of columns
KEPT = {  # words that the machine reads, not people
    *("code", "stream", "username", "password", "template", "format_spec", "extension"),
    *("content_type", "sha256", "file_sha256", "facts_sha256", "search_key", "sort_key", "pair"),
    *("journal_head", "session_key", "session_data", "address", "subject_kind", "drawing"),
    *("body", "action", "role", "before", "after", "prev_hash", "entry_hash", "name_key", "url"),
    *("found_as", "field_name", "dedupe_key", "key", "prefix", "draw_error", "abbrev", "kind"),
    *("app", "model", "shown_tone", "back_url", "result_url"),
}
Word = Callable[[int], str]


def poison(word: Word) -> int:
    """Set every text that people write to `word(n)`; how many fields of how many rows it were.

    Words of the machine stay. The guards of the journal are lifted for its contents.
    """
    number = count()
    touched = 0
    with lifted_guards():
        for model in apps.get_models():
            if model._meta.app_label in SKIPPED_APPS or model._meta.label in SKIPPED_MODELS:
                continue
            for field in _texts(model):
                touched += _fill(model, field, word, number)
            for field in _sheets(model):
                touched += _rewrite(model, field.attname, word, number)
        for content in Content.objects.all():
            said = json.loads(content.body)
            body = json.dumps(_said(said, word, number), ensure_ascii=False)
            models.QuerySet(Content).filter(pk=content.pk).update(body=body)
            touched += 1
    return touched


def _texts(model: type[models.Model]) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.CharField | models.TextField) or field.choices:
            continue
        if isinstance(field, models.SlugField) or field.unique or field.name in KEPT:
            continue
        if not getattr(field, "protected", False):
            yield field


def _sheets(model: type[models.Model]) -> Iterator[Any]:
    return (f for f in model._meta.concrete_fields if isinstance(f, models.JSONField))


def _fill(model: Any, field: Any, word: Word, number: Iterator[int]) -> int:
    rows = model._base_manager.exclude(**{field.name: ""}).values_list("pk", flat=True)
    done = 0
    for key in rows:
        text = word(next(number))[: field.max_length]
        model._base_manager.filter(pk=key).update(**{field.name: text})
        done += 1
    return done


def _rewrite(model: Any, name: str, word: Word, number: Iterator[int]) -> int:
    done = 0
    for row in model._base_manager.exclude(**{name: None}):
        said = _said(getattr(row, name), word, number)
        model._base_manager.filter(pk=row.pk).update(**{name: said})
        done += 1
    return done


def _said(value: Any, word: Word, number: Iterator[int]) -> Any:
    """The same structure with other texts: what holds a space or a tone mark is a text."""
    if isinstance(value, dict):
        return {key: _said(one, word, number) for key, one in value.items()}
    if isinstance(value, list):
        return [_said(one, word, number) for one in value]
    is_text = isinstance(value, str) and (" " in value or not value.isascii())
    return word(next(number)) if is_text else value
