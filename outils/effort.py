"""L'effort d'un premier remplissage, compté sur le modèle : cellules à écrire, choix à faire.

Une commune type inscrit ce que `COMMUNE_TYPE` décrit ; seules les cellules exigées d'elle comptent.
Avec le kit du modèle, elle garde les lignes proposées de `GARDEES`, efface les autres et inscrit le
reste à la main.

Les durées sont celles d'une frappe (Card, Moran et Newell, « The keystroke-level model », 1980 :
0,28 s par touche d'une personne ordinaire, 1,1 s pour viser, 0,4 s de la souris au clavier, 1,35 s
pour se décider), arrondies vers le haut : une phrase de soixante signes en prend 18, un choix dans
un menu (viser, ouvrir, lire, viser, se décider) 6, une cellule à relire 1,35.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil

import msgspec

from pilotage_xlsx.metier.etat import est_exigee
from pilotage_xlsx.modele import Colonne, Feuille, Genre, Kit, Modele
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import Lieu, Ligne
from pilotage_xlsx.socle.textes import TexteSaisi

SECONDES_PAR_TEXTE, SECONDES_PAR_CHOIX, SECONDES_PAR_RELECTURE = 20, 8, 2
MINUTES_AU_PLUS, MINUTES_AVEC_LE_KIT = 90, 60
"""Un après-midi suffit, et il reste du temps pour chercher les réponses."""

Sortes = tuple[tuple[int, Mapping[str, str]], ...]
"""Combien de lignes de chaque sorte, et les clés qui en décident."""

COMMUNE_TYPE: Mapping[str, Sortes] = {
    "commune": ((1, {}),),
    "outils": (
        (7, {"criticite": "indispensable"}),
        (8, {"criticite": "important"}),
        (10, {"criticite": "accessoire"}),
    ),
    "prestataires": ((10, {}),),
    "decisions": ((5, {"portee": "durable", "statut": "validee"}),),
}
"""Par feuille : combien de lignes, et les clés des valeurs qui y décident des cellules exigées."""

GARDEES: Sortes = (
    (6, {"criticite": "indispensable"}),
    (7, {"criticite": "important"}),
    (7, {"criticite": "accessoire"}),
)
"""Les lignes du kit que la commune type confirme : quatre outils sur cinq."""

_CHANGEES = 10
"""Une réponse proposée sur dix n'est pas la sienne : elle la choisit de nouveau."""

_DEJA_ECRITES = frozenset({"annee"})
"""Ce que `generer` a déjà inscrit dans la fiche ; les seuils, utiles, ne comptent pas."""

_CHOIX = frozenset({Genre.LISTE, Genre.REFERENCE})


class Effort(msgspec.Struct, frozen=True):
    """Ce qu'une feuille demande : ses lignes, ses textes à écrire, ses choix dans un menu.

    ``relues`` : les cellules déjà proposées, qu'il suffit de relire.
    """

    lignes: int
    textes: int
    choix: int
    relues: int = 0

    @property
    def minutes(self) -> float:
        """Le temps de la saisie, réponses en main."""
        ecrire = self.textes * SECONDES_PAR_TEXTE + self.choix * SECONDES_PAR_CHOIX
        return (ecrire + self.relues * SECONDES_PAR_RELECTURE) / 60

    def __add__(self, autre: Effort) -> Effort:
        sommes = (un + deux for un, deux in zip(_valeurs(self), _valeurs(autre), strict=True))
        return Effort(*sommes)


def estimer(modele: Modele) -> Mapping[str, Effort]:
    """L'effort de chaque feuille de la commune type, dans l'ordre du classeur."""
    return {
        feuille.id: _sommer(_estimer(modele, feuille, *sorte) for sorte in COMMUNE_TYPE[feuille.id])
        for feuille in modele.feuilles
        if feuille.id in COMMUNE_TYPE
    }


def estimer_avec_le_kit(modele: Modele) -> Mapping[str, Effort]:
    """Le même effort, le kit proposé : des lignes à confirmer, d'autres à effacer ou à inscrire."""
    kit = modele.kit
    assert kit is not None, "ce modèle n'a pas de kit"
    feuille = modele.par_id[kit.registre]
    gardees = _sommer(_confirmer(modele, kit, feuille, *sorte) for sorte in GARDEES)
    effacees = Effort(0, 0, len(kit.lignes) - gardees.lignes)
    reste = _sommer(_estimer(modele, feuille, *sorte) for sorte in _a_la_main(feuille.id))
    return {**estimer(modele), feuille.id: gardees + effacees + reste}


def _a_la_main(registre: str) -> Sortes:
    """Ce que la commune type inscrit encore elle-même, une fois le kit confirmé."""
    sortes = zip(COMMUNE_TYPE[registre], GARDEES, strict=True)
    return tuple((toutes - gardees, cles) for (toutes, cles), (gardees, _) in sortes)


def _confirmer(
    modele: Modele, kit: Kit, feuille: Feuille, nombre: int, cles: Mapping[str, str]
) -> Effort:
    """Relire ce qui est proposé, en changer une part, répondre au reste, choisir le statut."""
    proposees = kit.lignes[0].cellules.keys()
    demandees = _demandees(modele, feuille, cles)
    restent = [colonne for colonne in demandees if colonne.id not in proposees]
    choix = sum(map(_se_choisit, restent))
    offerts = nombre * sum(_se_choisit(feuille.par_id[nom]) for nom in proposees)
    return Effort(
        nombre,
        nombre * (len(restent) - choix),
        nombre * (choix + 1) + ceil(offerts / _CHANGEES),
        nombre * len(proposees),
    )


def total(efforts: Mapping[str, Effort]) -> Effort:
    """L'effort du classeur entier."""
    return _sommer(efforts.values())


def type_de_ligne(modele: Modele, feuille: str, cles: Mapping[str, str]) -> Mapping[str, str]:
    """Les valeurs, telles qu'une cellule les montre, des clés d'une sorte de ligne."""
    marques = (Marque(feuille, colonne, cle) for colonne, cle in cles.items())
    return {marque.colonne: modele.libelles(marque)[0] for marque in marques}


def _estimer(modele: Modele, feuille: Feuille, nombre: int, cles: Mapping[str, str]) -> Effort:
    demandees = _demandees(modele, feuille, cles)
    choix = sum(map(_se_choisit, demandees))
    return Effort(nombre, nombre * (len(demandees) - choix), nombre * choix)


def _demandees(modele: Modele, feuille: Feuille, cles: Mapping[str, str]) -> list[Colonne]:
    """Les colonnes exigées d'une ligne de cette sorte."""
    valeurs = type_de_ligne(modele, feuille.id, cles)
    saisies = {nom: TexteSaisi(valeur) for nom, valeur in valeurs.items()}
    ligne = Ligne(Lieu("", feuille.id, feuille.libelle, 0, {}), 0, saisies)
    return [c for c in feuille.saisies if est_exigee(c, ligne) and c.id not in _DEJA_ECRITES]


def _se_choisit(colonne: Colonne) -> bool:
    return colonne.genre in _CHOIX


def _sommer(efforts: Iterable[Effort]) -> Effort:
    return sum(efforts, Effort(0, 0, 0))


def _valeurs(effort: Effort) -> tuple[int, int, int, int]:
    return effort.lignes, effort.textes, effort.choix, effort.relues
