"""Draws every kind of paper with every signature block, as PDF and as Word: to be looked at."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from documents.render import render_pdf
from documents.samples import described, samples
from documents.word import render_docx


class Command(BaseCommand):
    help = "Lập bản mẫu của mọi loại văn bản, hoặc văn bản trong tệp JSON, dạng PDF và Word."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("-o", "--output", required=True, type=Path, help="thư mục nhận tệp")
        parser.add_argument(
            "papers",
            nargs="*",
            type=Path,
            help="tệp JSON của văn bản khác, lập thay cho mẫu",
        )
        parser.add_argument("--only", default="", help="chỉ những bản có chuỗi này trong tên")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["output"]
        folder.mkdir(parents=True, exist_ok=True)
        given = [described(path) for path in options["papers"]]
        chosen = given or [one for one in samples() if options["only"] in one.name]
        for name, template, facts in chosen:
            (folder / f"{name}.pdf").write_bytes(render_pdf(template, dict(facts)))
            (folder / f"{name}.docx").write_bytes(render_docx(dict(facts)))
        self.stdout.write(f"{len(chosen)} văn bản mẫu trong {folder}")
