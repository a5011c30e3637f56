"""Les chiffres d'une région : ceux de ses communes, leurs sommes, et ce qui les traverse.

Rien de personnel n'en sort : des noms de communes, de prestataires et d'outils qui ne désignent
personne, et des comptes. Les communes se suivent par ordre alphabétique : aucune n'est classée.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import msgspec

from pilotage_xlsx.metier.chiffres import D_UNE_ANNEE, du_rapport
from pilotage_xlsx.metier.mesure import Mesures
from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.textes import cle_large

_DE_LA_FICHE, _DE_SES_LIGNES = ("commune", "canton", "numero_ofs", "habitants"), ("domaine",)
"""Ce que la région dit d'une commune, et de chacune de ses lignes."""


class PrestataireDeRegion(NamedTuple):
    """Un prestataire de plusieurs communes ; ``touchees`` : celles dont un outil indispensable en
    vient, et leurs ``habitants``."""

    nom: str
    communes: tuple[str, ...]
    touchees: tuple[str, ...]
    indispensables: int
    habitants: int


class FinDeContrat(NamedTuple):
    """Un contrat qui finit dans les douze mois, et le dernier jour utile s'il est à venir."""

    commune: str
    outil: str
    prestataire: str
    dernier_jour: date | None
    fin: date


class EnCommun(NamedTuple):
    """Ce que plusieurs communes pourraient faire ensemble, et à qui parler en premier."""

    quoi: str
    raison: str
    communes: int
    francs: float | None
    dernier_jour: date | None
    premiere: str


class Partages(NamedTuple):
    """Ce qui traverse les communes, chaque liste dans l'ordre où la dire."""

    prestataires: tuple[PrestataireDeRegion, ...] = ()
    fins: tuple[FinDeContrat, ...] = ()
    en_commun: tuple[EnCommun, ...] = ()


class Attendues(NamedTuple):
    """La liste des communes attendues : combien, lesquelles manquent, lesquelles n'y sont pas."""

    combien: int
    manquantes: tuple[str, ...]
    en_plus: tuple[str, ...]


SANS_PARTAGE = Partages()


@dataclass(frozen=True, slots=True)
class Region:
    """Les rapports d'une même année, une commune chacun, par ordre alphabétique.

    ``mesures`` : les chiffres qui s'additionnent ; ``anciennes`` : les cinq de l'an passé, si
    chaque commune les a. ``attendues`` : si une liste est donnée.
    """

    annee: int
    au: date
    communes: tuple[Rapport, ...]
    mesures: Mesures
    anciennes: Mesures | None
    partages: Partages = SANS_PARTAGE
    attendues: Attendues | None = None

    @property
    def habitants(self) -> int:
        """Les habitants des communes qui les ont inscrits."""
        return sum(habitants_de(rapport) or 0 for rapport in self.communes)

    def somme(self, compter: Callable[[Rapport], int]) -> int:
        """La somme d'un compte sur toutes les communes."""
        return sum(map(compter, self.communes))


def habitants_de(rapport: Rapport) -> int | None:
    """Les habitants de la commune, s'ils sont inscrits."""
    habitants = rapport.commune.nombre("habitants")
    return None if habitants is None else int(habitants)


def alleger(rapport: Rapport) -> Rapport:
    """Ce qu'une région garde d'une commune : ses chiffres, et où en sont les lignes.

    Ni ses textes, ni ses points, ni son évolution : deux mille communes tiennent en mémoire.
    """
    deja: dict[int, Ligne] = {}
    return replace(
        rapport,
        commune=_situer(rapport.commune, deja, _DE_LA_FICHE),
        mesures=_alleger_les_mesures(rapport.mesures, deja),
        anciennes=rapport.anciennes and _alleger_les_mesures(rapport.anciennes, deja),
        points=(), expositions=(), suites=(), incidents=(), a_savoir=(), a_clarifier=(),
        echeances=(), reconduits=(), evolution=None, couts=None, annees=(),
    )  # fmt: skip


def _alleger_les_mesures(mesures: Mesures, deja: dict[int, Ligne]) -> Mesures:
    """Chaque chiffre ; d'une répartition, celle par réponse, jamais celle qui nomme des lignes."""

    def situer(lignes: Iterable[Ligne]) -> tuple[Ligne, ...]:
        return tuple(_situer(ligne, deja, _DE_SES_LIGNES) for ligne in lignes)

    return Mesures(
        {
            cle: msgspec.structs.replace(
                mesure,
                lignes=situer(mesure.lignes),
                parts=tuple(
                    (nom, situer(siennes)) for nom, siennes in mesure.parts if isinstance(nom, str)
                ),
            )
            for cle, mesure in mesures.par_cle.items()
        }
    )


def _situer(ligne: Ligne, deja: dict[int, Ligne], gardees: Collection[str]) -> Ligne:
    """Où est la ligne, et ``gardees`` de ce qu'elle dit ; la même chaque fois."""
    if id(ligne) not in deja:
        valeurs = {nom: ligne.valeurs[nom] for nom in gardees if nom in ligne.valeurs}
        deja[id(ligne)] = Ligne(ligne.lieu, ligne.numero, valeurs)
    return deja[id(ligne)]


def reunir(
    rapports: Sequence[Rapport],
    *,
    annee: int,
    au: date,
    partages: Partages = SANS_PARTAGE,
    attendues: Attendues | None = None,
) -> Region:
    """La région que forment ces rapports, tous de la même année."""
    communes = tuple(sorted(rapports, key=lambda rapport: cle_large(rapport.nom)))
    anciennes = [rapport.anciennes for rapport in communes if rapport.anciennes is not None]
    est_connue = bool(communes) and len(anciennes) == len(communes)
    return Region(
        annee,
        au,
        communes,
        Mesures.reunir([rapport.mesures for rapport in communes], du_rapport()),
        Mesures.reunir(anciennes, D_UNE_ANNEE) if est_connue else None,
        partages,
        attendues,
    )
