"""CEL : ce qu'un texte libre ne doit pas dire, colonnes propres à la commune comprises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from msgspec.structs import replace

from pilotage_xlsx.constats import Gravite
from pilotage_xlsx.genres import afficher
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.modele import ACCEPTES, Genre
from pilotage_xlsx.registre import Emplacement, Illisible, Ligne, Motif, Valeur
from pilotage_xlsx.socle.confidentiel import a_un_mot_de_passe, a_un_numero_avs, est_suspect
from pilotage_xlsx.verification.regle import Fait, dans, regle, sur

_LOT = 64
"""Des lignes passées au tamis d'un coup."""

_FERMES = (Genre.LISTE, Genre.DATE, Genre.DATE_HEURE)
"""Ces colonnes ne gardent d'un secret qu'une valeur illisible, déjà signalée, et masquée."""


@regle(
    "CEL-013",
    Gravite.AVERTISSEMENT,
    "6",
    message="Un numéro AVS est écrit dans « {libelle} », pour {nom}. Il est masqué ici.",
    pourquoi="Ce classeur circule ; il n'a pas besoin de reconnaître une personne.",
    corriger="Effacer le numéro de la cellule.",
    doute=(
        "Un long numéro de client ou de contrat commence par 756.",
        "Il faut treize chiffres dans le bon ordre et le chiffre de contrôle juste : une "
        "chance sur dix, et seulement pour un numéro en 756 de cette longueur.",
    ),
    supplante=("CEL-004",),
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
    doute=(
        "Un texte parle de mots de passe sans en donner : « changer le mot de passe "
        "chaque année ».",
        "Il faut une annonce claire et, juste après, un mot qui a l'air d'un secret ; les "
        "mots ordinaires, les durées et les dates n'en sont pas.",
    ),
)
def mot_de_passe(liens: Liens) -> Iterator[Fait]:
    yield from _textes_ou(liens, a_un_mot_de_passe)


def _textes_ou(liens: Liens, est_vu: Callable[[str], bool]) -> Iterator[Fait]:
    """Les cellules de texte où se trouve ce qui ne doit pas y être."""
    for ligne in _suspectes(liens):
        feuille = liens.modele.par_id[ligne.lieu.registre]
        for colonne in feuille.saisies:
            if colonne.genre not in _FERMES and any(map(est_vu, _dits(ligne[colonne.id]))):
                yield sur(ligne, colonne.id)
        yield from _propres_ou(liens, ligne, est_vu)


@lru_cache(maxsize=1)
def _suspectes(liens: Liens) -> tuple[Ligne, ...]:
    """Les lignes à regarder de près, triées une fois pour les deux règles."""
    lignes = [
        *(ligne for feuille in liens.modele.feuilles for ligne in liens.etat.lignes(feuille.id)),
        *liens.registre.lignes(ACCEPTES),
    ]
    return tuple(
        lot[rang]
        for debut in range(0, len(lignes), _LOT)
        for lot in [lignes[debut : debut + _LOT]]
        for rang in _rangs_suspects([_tout(ligne) for ligne in lot])
    )


def _rangs_suspects(textes: list[str]) -> Iterator[int]:
    """Un lot qui n'a rien de suspect d'un bout à l'autre n'a aucune ligne suspecte."""
    if est_suspect("\n".join(textes)):
        yield from (rang for rang, texte in enumerate(textes) if est_suspect(texte))


def _tout(ligne: Ligne) -> str:
    """Tous les textes de la ligne, pour ne regarder de près que les lignes suspectes."""
    dits: list[str] = []
    for valeur in ligne.valeurs.values():
        if isinstance(valeur, str):
            dits.append(valeur)
        else:
            dits.extend(_dits(valeur))
    return "\n".join([*dits, *map(afficher, ligne.propres.values())])


def _dits(valeur: Valeur | None) -> tuple[str, ...]:
    """Ce que la valeur peut dire d'un secret : ses textes, ou ce qui n'est pas un nombre."""
    match valeur:
        case str():
            return (valeur,)
        case tuple():
            return valeur
        case Illisible(brut=brut, motif=Motif.NOMBRE):
            return (brut,)
        case _:
            return ()


def _propres_ou(liens: Liens, ligne: Ligne, est_vu: Callable[[str], bool]) -> Iterator[Fait]:
    lieu, registre = ligne.lieu, ligne.lieu.registre
    for entete, propre in ligne.propres.items():
        valeur = afficher(propre)
        if est_vu(valeur):
            colonne = liens.registre.feuilles[registre].propres.get(entete)
            ou = Emplacement(lieu.fichier, lieu.feuille, ligne.numero, colonne)
            yield replace(dans(ou, registre, libelle=entete, valeur=valeur), ligne=ligne)
