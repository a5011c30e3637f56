"""Les chiffres d'une région : ceux de ses communes, leurs sommes, et ce qui les traverse.

Rien de personnel n'en sort : des noms de communes, de prestataires et d'outils qui ne désignent
personne, et des comptes. Les communes se suivent par ordre alphabétique : aucune n'est classée.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from pilotage_xlsx.metier.chiffres import CINQ, D_UNE_ANNEE, du_rapport
from pilotage_xlsx.metier.chiffres.contrats import ECHEANCES
from pilotage_xlsx.metier.mesure import Mesure, Mesures
from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.registre import Lieu, Ligne, Valeur
from pilotage_xlsx.socle.textes import TexteSaisi, cle_large

_DE_LA_FICHE = ("commune", "canton", "numero_ofs", "habitants")
"""Ce que la région dit de la fiche d'une commune."""

_SITUES = frozenset(chiffre.cle for chiffre in (*CINQ, ECHEANCES))
"""Les chiffres dont la région dit où sont les lignes, ou leur domaine ; des autres, le nombre."""

_RIEN: Mapping[str, Any] = {}
_VIDE = Ligne(Lieu("", "", "", 0, _RIEN, _RIEN), 0, _RIEN, _RIEN, _RIEN)


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


class Region(msgspec.Struct, frozen=True):
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
    """Ce qu'une région garde d'une commune : ses chiffres, et où sont les lignes des premiers.

    Ni ses textes, ni ses points, ni son évolution : deux mille communes tiennent en mémoire.
    """
    allegement = _Allegement()
    return msgspec.structs.replace(
        rapport,
        commune=allegement.situer(rapport.commune, _DE_LA_FICHE),
        mesures=allegement.mesures(rapport.mesures),
        anciennes=rapport.anciennes and allegement.mesures(rapport.anciennes),
        points=(), expositions=(), suites=(), incidents=(), a_savoir=(), a_clarifier=(),
        echeances=(), reconduits=(), evolution=None, couts=None, annees=(),
    )  # fmt: skip


class _Allegement:
    """Les lignes et les feuilles d'une commune, chacune une fois, sans ce qu'elles disent."""

    def __init__(self) -> None:
        self._lignes: dict[int, Ligne] = {}
        self._lieux: dict[str, Lieu] = {}

    def mesures(self, mesures: Mesures) -> Mesures:
        """Chaque chiffre ; d'une répartition, celle par réponse, jamais celle qui nomme."""
        return Mesures({cle: self._mesure(cle, une) for cle, une in mesures.par_cle.items()})

    def _mesure(self, cle: str, mesure: Mesure) -> Mesure:
        est_montree = cle in _SITUES
        lignes = mesure.lignes
        return msgspec.structs.replace(
            mesure,
            lignes=tuple(map(self.situer, lignes)) if est_montree else _compter(lignes),
            parts=tuple((nom, _compter(s)) for nom, s in mesure.parts if isinstance(nom, str)),
        )

    def situer(self, ligne: Ligne, gardees: Collection[str] = ("domaine",)) -> Ligne:
        """Où est la ligne, et ``gardees`` de ce qu'elle dit."""
        if id(ligne) not in self._lignes:
            dites = {nom: _partager(ligne.valeurs[nom]) for nom in gardees if nom in ligne.valeurs}
            nu = msgspec.structs.replace(ligne.lieu, colonnes=_RIEN, cases=_RIEN)
            lieu = self._lieux.setdefault(ligne.lieu.registre, nu)
            self._lignes[id(ligne)] = Ligne(lieu, ligne.numero, dites, _RIEN, _RIEN)
        return self._lignes[id(ligne)]


def _compter(lignes: Sequence[Ligne]) -> tuple[Ligne, ...]:
    """Autant de lignes, la même : seul leur nombre se dit."""
    return (_VIDE,) * len(lignes)


def _partager(valeur: Valeur) -> Valeur:
    """Le même texte, d'une commune à l'autre, n'est en mémoire qu'une fois."""
    return TexteSaisi(sys.intern(str(valeur))) if type(valeur) is str else valeur


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
