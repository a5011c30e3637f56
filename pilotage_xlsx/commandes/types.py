"""Les genres d'arguments que click n'a pas : la date telle qu'on l'écrit en Suisse."""

from __future__ import annotations

from datetime import date, datetime

import click

from pilotage_xlsx.socle.dates import depuis_texte


class DateSuisse(click.ParamType):  # type: ignore[type-arg]  # générique depuis click 8.5 seulement
    """Une date ``JJ.MM.AAAA`` (ou ISO ``AAAA-MM-JJ``), sans heure, rendue en `date`."""

    name = "JJ.MM.AAAA"  # ce que l'aide montre comme valeur

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """La date écrite ; une erreur d'emploi si elle n'existe pas ou porte une heure."""
        jour = depuis_texte(value) if isinstance(value, str) else value
        if jour is None or isinstance(jour, datetime):
            phrase = f"« {value} » n'est pas une date : écrivez par exemple 24.11.2026."
            self.fail(phrase, param, ctx)
        return jour


DATE = DateSuisse()
