"""How proposals with a like title are found, on both databases and at any number of them."""

from django.db import models

from proposals.models.proposal import Proposal


class TitlePair(models.Model):
    """Two neighbouring words of the title of a sent proposal, folded: "can bo", "thu tuc".

    Vietnamese words have mostly two syllables, so a pair says much more than a single one.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="title_pairs")
    pair = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pair", "proposal"], name="title_pair_once"),
        ]

    def __str__(self) -> str:
        return self.pair
