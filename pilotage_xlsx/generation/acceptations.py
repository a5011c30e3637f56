"""La feuille des constats acceptés : simple, à la fin ; ce qui y était inscrit y est remis."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.reperes import lier_au_sommaire
from pilotage_xlsx.generation.syntaxe import citer
from pilotage_xlsx.generation.valeurs import contenu, style_de
from pilotage_xlsx.generation.validations import valider
from pilotage_xlsx.modele import Feuille, Modele
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.tableur import Classeur, alterner, ecrire, ecrire_phrase, mettre_en_page

LIGNE_ENTETE = 5
"""La ligne des en-têtes, comptée dès 1."""

_LIGNE_CLES, _LIGNE_ENTETE = LIGNE_ENTETE - 2, LIGNE_ENTETE - 1
_LIGNES_PRETES, _LIGNES_DE_RESERVE = 30, 10
_LIGNES_AIDEES = 200
_PLACE_LIBRE, CONSTATS = 12, "choix_constats"


def ecrire_acceptations(
    classeur: Classeur, modele: Modele, registre: Registre, constats: Sequence[str], pied: str
) -> None:
    """Écrit la feuille et ses lignes ; rien si le modèle n'en a pas.

    ``constats`` : ce que le menu de la première colonne propose, en mots.
    """
    decrite = modele.acceptations
    if decrite is None:
        return
    feuille = classeur.feuille(decrite.libelle, onglet="#9AA5B1")
    propres = _propres(decrite, registre)
    _ecrire_tete(classeur, feuille, decrite)
    _preparer_les_colonnes(classeur, feuille, decrite)
    for rang, ligne in enumerate(registre.lignes(decrite.id), _LIGNE_ENTETE + 1):
        for place, colonne in enumerate(decrite.colonnes):
            style = style_de(classeur, colonne)
            ecrire(feuille, rang, place, contenu(ligne[colonne.id]), style)
        for place, entete in enumerate(propres, len(decrite.colonnes)):
            libre = contenu(ligne.propres.get(entete))
            ecrire(feuille, rang, place, libre, style_de(classeur, None, libre))
    _mettre_en_table(classeur, feuille, decrite, propres, len(registre.lignes(decrite.id)))
    _proposer(classeur, feuille, decrite, constats)
    lier_au_sommaire(classeur, feuille, len(decrite.colonnes))
    mettre_en_page(feuille, pied, entete=_LIGNE_ENTETE)


def _proposer(
    classeur: Classeur, feuille: Worksheet, decrite: Feuille, constats: Sequence[str]
) -> None:
    """Le menu des constats, dans une colonne cachée à droite ; il n'arrête pas un code tapé.

    Sa clé la dit technique : relue, elle n'est pas une colonne de la commune.
    """
    rang, premiere = len(decrite.colonnes) + _PLACE_LIBRE, _LIGNE_ENTETE + 1
    feuille.set_column(rang, rang, 4, None, {"hidden": True})
    ecrire(feuille, _LIGNE_CLES, rang, f"{decrite.id}.#constats", classeur.style("legende"))
    for ligne, constat in enumerate(constats, premiere):
        ecrire_phrase(feuille, ligne, rang, constat, classeur.style("legende"))
    aide = valider(decrite.colonnes[0])
    if constats:
        ou, nom = lettres_de(rang + 1), citer(decrite.libelle)
        plage = f"${ou}${premiere + 1}:${ou}${premiere + len(constats)}"
        classeur.livre.define_name(CONSTATS, f"={nom}!{plage}")
        aide |= {"validate": "list", "source": f"={CONSTATS}", "show_error": False}
    feuille.data_validation(premiere, 0, premiere + _LIGNES_AIDEES, 0, aide)


def _propres(decrite: Feuille, registre: Registre) -> tuple[str, ...]:
    lue = registre.feuilles.get(decrite.id)
    return tuple(lue.propres) if lue else ()


def _ecrire_tete(classeur: Classeur, feuille: Worksheet, decrite: Feuille) -> None:
    """Le titre, ce qu'on y met, et la ligne cachée qui dit quelle colonne est laquelle."""
    feuille.set_row(0, 24)
    ecrire_phrase(feuille, 0, 0, decrite.titre, classeur.style("titre"))
    ecrire_phrase(feuille, 1, 0, decrite.resume, classeur.style("phrase"))
    ecrire_phrase(feuille, 2, 0, decrite.consigne, classeur.style("phrase"))
    for place, colonne in enumerate(decrite.colonnes):
        cle = f"{decrite.id}.{colonne.id}"
        ecrire(feuille, _LIGNE_CLES, place, cle, classeur.style("texte"))
    feuille.set_row(_LIGNE_CLES, None, None, {"hidden": True})
    feuille.freeze_panes(_LIGNE_ENTETE + 1, 0)


def _preparer_les_colonnes(classeur: Classeur, feuille: Worksheet, decrite: Feuille) -> None:
    premiere = _LIGNE_ENTETE + 1
    for place, colonne in enumerate(decrite.colonnes):
        feuille.set_column(place, place, colonne.largeur, style_de(classeur, colonne))
        if place:
            aide = valider(colonne)
            feuille.data_validation(premiere, place, premiere + _LIGNES_AIDEES, place, aide)


def _mettre_en_table(
    classeur: Classeur,
    feuille: Worksheet,
    decrite: Feuille,
    propres: tuple[str, ...],
    remplies: int,
) -> None:
    entetes = (*(colonne.libelle for colonne in decrite.colonnes), *propres)
    style = classeur.style("entete", align="left")
    colonnes = [{"header": entete, "header_format": style} for entete in entetes]
    lignes = max(_LIGNES_PRETES, remplies + _LIGNES_DE_RESERVE)
    plage = (_LIGNE_ENTETE, 0, _LIGNE_ENTETE + lignes, len(entetes) - 1)
    options = {"name": decrite.table, "columns": colonnes, "style": "Table Style Light 1"}
    feuille.poser_le_tableau(plage, options)
    alterner(classeur, feuille, plage)
