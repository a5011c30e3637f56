"""La ligne de commande : une commande par fichier, chargée seulement quand on l'appelle.

Codes de sortie : 0 c'est fait · 1 `verifier` a trouvé une erreur · 2 entrée, emploi ou sortie ·
3 serveur de courrier · 130 interrompu.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping, Sequence
from typing import Any

from pilotage_xlsx.socle import langue

langue.installer()

import click  # noqa: E402 — click traduit certains textes dès sa décoration

from pilotage_xlsx import __version__  # noqa: E402
from pilotage_xlsx.commandes import terminal  # noqa: E402
from pilotage_xlsx.socle.textes import cle_large  # noqa: E402

COMMANDES: Mapping[str, str] = {
    "generer": "Prépare un classeur : vierge, rempli d'un JSON, ou qui continue l'an passé.",
    "importer": "Reprend une LISTE faite ailleurs : inventaire, export, Excel de la bourse.",
    "verifier": "Contrôle des classeurs : ce qui manque, où, et que faire.",
    "corriger": "Répare une copie : ce qui est sans doute, et les propositions acceptées.",
    "consolider": "Joint plusieurs classeurs en un ; chaque ligne dit sa source.",
    "fusionner": "Réunit les classeurs de communes qui fusionnent ; ils ne changent pas.",
    "partager": "Écrit le classeur qui peut sortir de la commune : région, canton ou public.",
    "mutualiser": "Dit quelles communes pourraient se parler, et de quoi.",
    "comparer": "Dit ce qui a changé de AVANT à APRES, deux classeurs d'une commune.",
    "rapport": "Écrit le rapport annuel : une page à voter, puis les preuves.",
    "fiche": "Écrit une fiche d'une page, d'après un CLASSEUR.",
    "echeances": "Dit ce qui échoit, jour après jour, et pour qui.",
    "envoyer": "Envoie un rapport, un avis ou des fichiers : brouillon .eml, ou SMTP.",
    "regles": "Explique tous les contrôles, ou celui d'un CODE (OUT-003).",
    "modele": "Montre le modèle : feuilles, colonnes, listes, conditions.",
    "demo": "Joue l'année entière dans un DOSSIER, jusqu'au courriel.",
}
"""Dans l'ordre où l'année les demande ; de chacune, la phrase qui ouvre son aide : demander l'aide
n'en charge aucune."""

EMPLOI, INTERROMPU = 2, 130


class Verbes(click.Group):
    """Charge une commande à la demande ; « vérifier » vaut « verifier »."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Les commandes, dans l'ordre de l'année."""
        return list(COMMANDES)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """La table des commandes, telle que l'aide la montre."""
        with formatter.section("Commandes\u00a0"):
            formatter.write_dl(list(COMMANDES.items()))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """La commande de ce nom, accents ignorés ; rien si elle n'existe pas."""
        nom = cle_large(cmd_name)
        if nom not in COMMANDES:
            return None
        commande: Any = getattr(importlib.import_module(f"{__name__}.{nom}"), nom)
        return commande if isinstance(commande, click.Command) else None


@click.group(
    cls=Verbes,
    subcommand_metavar="COMMANDE [SUITE]...",
    context_settings={"help_option_names": ["--help", "-h"]},
)
@click.version_option(__version__, "--version", message="%(prog)s %(version)s")
def pilotage() -> None:
    """Le pilotage numérique d'une petite commune, tenu dans un classeur."""


def executer(arguments: Sequence[str]) -> int:
    """Joue une ligne de commande et rend son code de sortie ; aucune trace n'est montrée."""
    terminal.preparer()
    couleur = False if "NO_COLOR" in os.environ else None
    try:
        code = pilotage.main(list(arguments), "pilotage-xlsx", standalone_mode=False, color=couleur)
    except click.ClickException as faute:
        terminal.dire_la_faute(faute)
        return getattr(faute, "code", EMPLOI)
    except (click.Abort, KeyboardInterrupt):
        return _s_interrompre()
    except SystemExit:  # ce que click fait d'une sortie fermée avant la fin (« | head »)
        return EMPLOI
    except BaseException as imprevu:
        from pilotage_xlsx.commandes import panne

        if panne.vient_d_une_interruption(imprevu):
            return _s_interrompre()
        panne.conclure(imprevu, _verbe(arguments))
        return EMPLOI
    return code if isinstance(code, int) else 0


def _s_interrompre() -> int:
    terminal.dire("Interrompu : rien n'est resté à moitié écrit.")
    return INTERROMPU


def _verbe(arguments: Sequence[str]) -> str:
    """La commande demandée, si elle existe ; sinon, le nom du programme."""
    nom = cle_large(arguments[0]) if arguments else ""
    return nom if nom in COMMANDES else "pilotage-xlsx"
