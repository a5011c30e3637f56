"""Le classeur consolidé : une table filtrable par feuille, ses dates et ses montants natifs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from math import ceil
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from xlsxwriter.exceptions import XlsxWriterException

from pilotage_xlsx.consolidation.chiffres import compter_l_ensemble
from pilotage_xlsx.consolidation.ensemble import Consolidation
from pilotage_xlsx.consolidation.natives import Native
from pilotage_xlsx.consolidation.rendus.fil import Cible, ColonneEcrite, FeuilleAuFil
from pilotage_xlsx.consolidation.rendus.graphiques import dessiner
from pilotage_xlsx.consolidation.tables import Entete, Table
from pilotage_xlsx.modele import PROPRIETE
from pilotage_xlsx.registre import CONSOLIDATION
from pilotage_xlsx.socle.ecriture import ouvrir_un_atelier
from pilotage_xlsx.socle.tableur import (
    BLEU,
    BLEU_MOYEN,
    CLARIFIER,
    CLARIFIER_FOND,
    FAUTE,
    FAUTE_FOND,
    MANQUE,
    MANQUE_FOND,
    NOMS,
    TRAIT,
    Classeur,
    alterner,
    ecrire,
    mettre_en_page,
)
from pilotage_xlsx.socle.typographie import nombre, typographier


class Bornes(NamedTuple):
    """Les rangées qu'une feuille tient (un tableur a 1'048'576 lignes), et ses liens."""

    rangees: int = 1_048_000
    liens: int = 65_530


D_UN_TABLEUR = Bornes()


class Part(NamedTuple):
    """Ce qu'une feuille montre d'une table : les rangées de ``debut`` à ``fin``, exclue."""

    table: Table
    debut: int
    fin: int
    nom: str
    suivante: str | None
    liens: int


def decouper(table: Table, bornes: Bornes) -> Iterator[Part]:
    """Une part par feuille ; d'ordinaire une seule."""
    combien = max(1, ceil(table.hauteur / bornes.rangees))
    noms = [table.nom, *(f"{table.nom} ({rang})" for rang in range(2, combien + 1))]
    for rang, nom in enumerate(noms):
        debut = rang * bornes.rangees
        fin = min(table.hauteur, debut + bornes.rangees)
        suivante = noms[rang + 1] if rang + 1 < combien else None
        yield Part(table, debut, fin, nom, suivante, bornes.liens)


def phrases_de_taille(part: Part) -> Iterator[str]:
    """Ce qui se dit en tête : rien à montrer, une suite ailleurs, des lignes sans lien."""
    if not part.table.hauteur:
        yield "Aucune ligne."
    if part.suivante:
        yield f"La suite est dans la feuille « {part.suivante} »."
    if part.table.liens and part.fin - part.debut > part.liens:
        combien = nombre(part.liens)
        yield f"Seules les {combien} premières lignes ont un lien, la borne d'un tableur."


_RENVOYEES = 2_000
"""Au-delà, une ligne par rangée : un tableur recalcule sinon la hauteur de chacune."""

_HAUTEUR_ENTETE = 34
_LARGEUR_D_UNE_PAGE = 250
"""Ce qu'une page A4 en paysage tient, en signes, encore lisible : au-delà, une page de plus."""

_TEINTES = {
    "erreur": (FAUTE_FOND, FAUTE),
    "avertissement": (MANQUE_FOND, MANQUE),
    "attention": (CLARIFIER_FOND, CLARIFIER),
    "Refusé": (FAUTE_FOND, FAUTE),
    "Écarté": (CLARIFIER_FOND, CLARIFIER),
    "À décider": (CLARIFIER_FOND, CLARIFIER),
}
_TEINTEES = ("gravite", "sort", "etat")


def ecrire_classeur(
    consolidation: Consolidation, brouillon: Path, sortie: Path, bornes: Bornes = D_UN_TABLEUR
) -> None:
    """Écrit le classeur dans ``brouillon`` ; ses liens partent du dossier de ``sortie``.

    Les mêmes octets pour la même consolidation. Lève `OSError` si la place manque,
    `SortieImpossible` s'il n'y a pas de dossier temporaire.
    """
    identite = consolidation.modele.identite
    with ouvrir_un_atelier() as atelier:
        titre = {"title": f"{identite.libelle} · consolidation"}
        classeur = Classeur(identite.date, titre, atelier=str(atelier))
        classeur.livre.set_custom_property(PROPRIETE, f"{CONSOLIDATION} {identite.version}")
        adresses = _adresses(consolidation, sortie)
        registres = consolidation.registres
        _ecrire_table(classeur, consolidation.table_des_communes, adresses, bornes)
        dessiner(classeur, compter_l_ensemble(consolidation))
        for table in chain(registres.values(), consolidation.jugements.values()):
            _ecrire_table(classeur, table, adresses, bornes)
        try:
            classeur.fermer(brouillon)
        except XlsxWriterException as faute:
            raise faute.__cause__ or faute.__context__ or OSError(str(faute)) from None


def _adresses(consolidation: Consolidation, sortie: Path) -> Sequence[str]:
    """L'adresse de chaque pièce, du dossier de la sortie : les deux se déplacent ensemble."""
    depart = sortie.absolute().parent
    return [_adresse(piece.tete.chemin.absolute(), depart) for piece in consolidation.pieces]


def _adresse(chemin: Path, depart: Path) -> str:
    try:
        relatif = Path(os.path.relpath(chemin, depart))
    except ValueError:  # deux disques, sous Windows
        return chemin.as_uri()
    return quote(os.fsencode(relatif.as_posix()))


def _ecrire_table(
    classeur: Classeur, table: Table, adresses: Sequence[str], bornes: Bornes
) -> None:
    for part in decouper(table, bornes):
        _ecrire_part(classeur, part, adresses)


def _ecrire_part(classeur: Classeur, part: Part, adresses: Sequence[str]) -> None:
    table, hauteur = part.table, part.fin - part.debut
    montrees = [rang for rang, entete in enumerate(table.entetes) if entete.est_montree]
    entetes = [table.entetes[rang] for rang in montrees]
    feuille = classeur.livre.add_worksheet(part.nom, FeuilleAuFil)
    feuille.hide_gridlines(2)
    feuille.set_tab_color(BLEU if table.est_registre else BLEU_MOYEN)
    haut = _ecrire_tete(classeur, feuille, part)
    bas = haut + max(hauteur, 1)
    _teinter(classeur, feuille, entetes, (haut + 1, bas))
    _preparer_le_tableau(classeur, feuille, entetes, (haut, bas), part.nom)
    feuille.verser(haut, _styles(classeur, entetes, table), _tranche(part, montrees), hauteur)
    if table.liens is not None:
        colonne = [entete.colonne for entete in entetes].index(table.liee or "")
        feuille.lier(colonne, _cibles(part, adresses))
    feuille.freeze_panes(haut + 1, 1)
    _preparer_l_impression(feuille, entetes, (haut, bas))


def _tranche(part: Part, montrees: Sequence[int]) -> Callable[[], Iterator[Sequence[Native]]]:
    if len(montrees) == len(part.table.entetes):
        return lambda: islice(part.table.rangees(), part.debut, part.fin)
    return lambda: (
        [rangee[rang] for rang in montrees]
        for rangee in islice(part.table.rangees(), part.debut, part.fin)
    )


def _cibles(part: Part, adresses: Sequence[str]) -> Callable[[], Iterator[Cible]]:
    def cibler() -> Iterator[Cible]:
        liens = part.table.liens() if part.table.liens else iter(())
        for lien in islice(liens, part.debut, min(part.fin, part.debut + part.liens)):
            feuille = lien.feuille.replace("'", "''")
            yield Cible(adresses[lien.piece], f"'{feuille}'!A{lien.ligne}")

    return cibler


def _ecrire_tete(classeur: Classeur, feuille: FeuilleAuFil, part: Part) -> int:
    """Écrit le titre et les phrases ; rend la ligne de l'en-tête."""
    table = part.table
    feuille.set_row(0, 26)
    titre = table.titre if part.nom == table.nom else part.nom
    ecrire(feuille, 0, 0, typographier(titre), classeur.style("titre", valign="vcenter"))
    phrases = [*table.phrases, *phrases_de_taille(part)]
    for rang, phrase in enumerate(phrases, 1):
        ecrire(feuille, rang, 0, typographier(phrase), classeur.style("phrase"))
    feuille.set_row(len(phrases) + 2, _HAUTEUR_ENTETE)
    return len(phrases) + 2


def _preparer_le_tableau(
    classeur: Classeur, feuille: FeuilleAuFil, entetes: Sequence[Entete],
    lignes: tuple[int, int], nom: str,
) -> None:  # fmt: skip
    """Un vrai tableau filtrable : les en-têtes, le filtre, les bandes."""
    haut, bas = lignes
    style = classeur.style("entete", align="left", indent=1)
    colonnes = [{"header": entete.titre, "header_format": style} for entete in entetes]
    plage = (haut, 0, bas, len(entetes) - 1)
    table = "Consolidation_" + "".join(signe if signe.isalnum() else "_" for signe in nom)
    reglages = {"name": table, "columns": colonnes, "style": "Table Style Light 1"}
    feuille.poser_le_tableau(plage, reglages)
    for rang, entete in enumerate(entetes):
        feuille.set_column(rang, rang, entete.largeur)
    alterner(classeur, feuille, plage)


def _styles(classeur: Classeur, entetes: Sequence[Entete], table: Table) -> list[ColonneEcrite]:
    precisions = {"text_wrap": table.hauteur <= _RENVOYEES}
    jour, instant = (classeur.style(nom, indent=1) for nom in ("date", "date_heure"))
    return [
        ColonneEcrite(
            classeur.style("lien", align="center")
            if entete.colonne == table.liee
            else classeur.style(
                entete.style, align=NOMS[entete.style].get("align", "left"), indent=1, **precisions
            ),
            jour,
            instant,
        )
        for entete in entetes
    ]


def _teinter(
    classeur: Classeur, feuille: FeuilleAuFil, entetes: Sequence[Entete], lignes: tuple[int, int]
) -> None:
    """La gravité et le sort en couleur, à côté du mot qui les dit.

    Avant le tableau : LibreOffice ne garde que la première mise en forme vraie.
    """
    haut, bas = lignes
    for rang, entete in enumerate(entetes):
        if entete.colonne in _TEINTEES:
            for mot, (fond, encre) in _TEINTES.items():
                style = {"bg_color": fond, "font_color": encre, "bottom": 1, "bottom_color": TRAIT}
                teinte = classeur.livre.add_format(style)
                regle = {"type": "cell", "criteria": "==", "value": f'"{mot}"', "format": teinte}
                feuille.conditional_format(haut, rang, bas, rang, regle)


def _preparer_l_impression(
    feuille: FeuilleAuFil, entetes: Sequence[Entete], lignes: tuple[int, int]
) -> None:
    """Sur plusieurs pages de large, la commune se répète et la tête, qui serait coupée, s'omet."""
    haut, bas = lignes
    mettre_en_page(feuille, "Interne · consolidation", entete=haut)
    largeur = ceil(sum(entete.largeur for entete in entetes) / _LARGEUR_D_UNE_PAGE)
    if largeur > 1:
        feuille.fit_to_pages(largeur, 0)
        feuille.repeat_columns(0)
        feuille.print_area(haut, 0, bas, len(entetes) - 1)
