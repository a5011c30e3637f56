"""CEL : ce qu'un texte libre ne doit pas dire, colonnes propres à la commune comprises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pilotage_xlsx.confidentiel import a_un_mot_de_passe, a_un_numero_avs
from pilotage_xlsx.constats import Gravite
from pilotage_xlsx.genres import afficher
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.modele import Genre
from pilotage_xlsx.registre import Emplacement, Ligne, Valeur
from pilotage_xlsx.verification.regle import Fait, dans, regle, sur

_LIBRES = (Genre.TEXTE, Genre.REFERENCE, Genre.TELEPHONE, Genre.COURRIEL, Genre.IDE)


@regle(
    "CEL-013",
    Gravite.AVERTISSEMENT,
    "6",
    message="Un numéro AVS est écrit dans « {libelle} », pour {nom}. Il est masqué ici.",
    pourquoi="Ce classeur circule ; il n'a pas besoin de reconnaître une personne.",
    corriger="Effacer le numéro de la cellule.",
)
def numero_avs(liens: Liens) -> Iterator[Fait]:
    yield from _textes_ou(liens, a_un_numero_avs)


@regle(
    "CEL-014",
    Gravite.AVERTISSEMENT,
    "6",
    message="Un mot de passe semble écrit dans « {libelle} », pour {nom}. Il est masqué ici.",
    pourquoi="Ce classeur circule ; qui le reçoit aurait l'accès.",
    corriger="Effacer le mot de passe de la cellule, le changer, et le garder dans un coffre.",
)
def mot_de_passe(liens: Liens) -> Iterator[Fait]:
    yield from _textes_ou(liens, a_un_mot_de_passe)


def _textes_ou(liens: Liens, est_confidentiel: Callable[[str], bool]) -> Iterator[Fait]:
    """Les cellules de texte où se trouve ce qui ne doit pas y être."""
    for feuille in liens.modele.feuilles:
        libres = tuple(colonne.id for colonne in feuille.saisies if colonne.genre in _LIBRES)
        for ligne in liens.etat.lignes(feuille.id):
            for identifiant in libres:
                valeur = ligne.valeurs.get(identifiant)
                if valeur is not None and _est_vu(valeur, est_confidentiel):
                    yield sur(ligne, identifiant)
            yield from _propres_ou(liens, ligne, est_confidentiel)


def _propres_ou(liens: Liens, ligne: Ligne, est_vu: Callable[[str], bool]) -> Iterator[Fait]:
    for entete, valeur in ligne.propres.items():
        if _est_vu(valeur, est_vu):
            lieu, registre = ligne.lieu, ligne.lieu.registre
            colonne = liens.registre.feuilles[registre].propres.get(entete)
            ou = Emplacement(lieu.fichier, lieu.feuille, ligne.numero, colonne)
            fait = dans(ou, registre, libelle=entete, valeur=afficher(valeur))
            yield replace(fait, ligne=ligne)


def _est_vu(valeur: Valeur, est_vu: Callable[[str], bool]) -> bool:
    if isinstance(valeur, str):
        return est_vu(valeur)
    return isinstance(valeur, tuple) and any(est_vu(nom) for nom in valeur)
