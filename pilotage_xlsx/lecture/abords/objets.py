"""Ce qu'une feuille .xlsx tient hors de ses cellules : commentaires, liens, dessins, objets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from pilotage_xlsx.lecture.abords.sortes import (
    GRAPHIQUE,
    ILLISIBLE,
    IMAGE,
    Abord,
    Recolte,
    SorteDAbord,
)
from pilotage_xlsx.lecture.abords.tapees import Tapees
from pilotage_xlsx.lecture.chaines import decoder
from pilotage_xlsx.lecture.classeur import FeuilleDuClasseur
from pilotage_xlsx.modele import MARQUES_DE_NOTE
from pilotage_xlsx.socle.adresses import situer
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.paquet import Paquet, Refus, Relation

_ORDINAIRES = frozenset(
    {"comments", "vmlDrawing", "threadedComment", "table", "hyperlink", "drawing"}
    | {"printerSettings", "image", "queryTable", "customProperty", "namedSheetView"}
)
"""Les liens d'une feuille qui se lisent ici, ou n'ont rien à dire."""

DU_CLASSEUR = {
    "vbaProject": "projet de macros",
    "chartsheet": "feuille de graphique",
    "xlMacrosheet": "feuille de macros",
    "dialogsheet": "feuille de dialogue",
}
_NOMS = {
    "pivotTable": "tableau croisé",
    "oleObject": "objet incorporé",
    "package": "fichier joint",
    "ctrlProp": "bouton ou case à cocher",
    "control": "bouton ou case à cocher",
    "slicer": "segment",
    "timeline": "chronologie",
}
_AUTRE = "autre objet"
_UN_FIL, _TEXTE_D_UN_FIL = "tc=", "[Threaded comment]"
_NOTRE_NOTE = motif(
    rf"(?<!\s)\s*+{re.escape(MARQUES_DE_NOTE[0])}.*?(?:{MARQUES_DE_NOTE[1]}|\Z)", re.S
)
_ADRESSE_DE = motif(r"^(?:mailto:|https?://)|/$")


def relever_les_objets(
    paquet: Paquet, feuille: FeuilleDuClasseur, recolte: Recolte, *, est_a_nous: bool
) -> None:
    """Ajoute ce que tient la feuille hors de ses cellules ; nos graphiques n'en sont pas."""
    for relation in paquet.relations(feuille.partie).values():
        if relation.cible not in paquet:
            continue
        try:
            _relever(paquet, feuille, relation, recolte, est_a_nous=est_a_nous)
        except Refus:
            recolte.objets[feuille.nom, ILLISIBLE] += 1


def _relever(
    paquet: Paquet,
    feuille: FeuilleDuClasseur,
    relation: Relation,
    recolte: Recolte,
    *,
    est_a_nous: bool,
) -> None:
    match relation.type:
        case "comments":
            recolte.ajouter(_commentaires(paquet, feuille, relation.cible))
        case "threadedComment":
            recolte.ajouter(_fils(paquet, feuille, relation.cible))
        case "drawing":
            _relever_un_dessin(paquet, feuille, relation.cible, recolte, est_a_nous=est_a_nous)
        case type_ if type_ not in _ORDINAIRES:
            recolte.objets[feuille.nom, _NOMS.get(type_, _AUTRE)] += 1


def liens_poses(paquet: Paquet, feuille: FeuilleDuClasseur) -> Iterator[Abord]:
    """Les adresses que des cellules ouvrent d'un clic, hors du classeur."""
    relations = paquet.relations(feuille.partie)
    externes = {i: r.cible for i, r in relations.items() if r.type == "hyperlink" and r.est_externe}
    trouves: list[Abord] = []

    def entrer(element: str, attributs: Mapping[str, str]) -> None:
        if element == "hyperlink" and (cible := externes.get(attributs.get("id", ""))):
            place = situer(attributs.get("ref", "").partition(":")[0])
            trouves.append(Abord(feuille.nom, place, SorteDAbord.LIEN, cible))

    if externes:
        paquet.analyser(feuille.partie, entrer)
    yield from trouves


def est_dit(lien: Abord, tapees: Tapees) -> bool:
    """Vrai si la cellule montre déjà l'adresse de son lien."""
    cellule = None if lien.place is None else tapees.get(lien.place)
    adresse = _ADRESSE_DE.sub("", unquote(lien.texte)).casefold()
    return cellule is not None and adresse in cellule.texte.casefold()


def _commentaires(paquet: Paquet, feuille: FeuilleDuClasseur, partie: str) -> Iterator[Abord]:
    """Les notes, sans nos passages ; l'ombre d'un fil se lit dans le fil."""
    auteurs: list[str] = []
    notes: list[tuple[str, str, list[str]]] = []
    ici, est_lu = "", False

    def entrer(element: str, attributs: Mapping[str, str]) -> None:
        nonlocal ici, est_lu
        ici = element if element in ("author", "t") else ""
        est_lu = element != "rPh" and (est_lu or element == "text")
        if element == "author":
            auteurs.append("")
        elif element == "comment":
            notes.append((attributs.get("ref", ""), attributs.get("authorId", ""), []))

    def noter(texte: str) -> None:
        if ici == "author":
            auteurs[-1] += texte
        elif ici == "t" and est_lu and notes:
            notes[-1][2].append(texte)

    def sortir(element: str) -> None:
        nonlocal ici, est_lu
        ici = ""
        est_lu = est_lu or element == "rPh"

    paquet.analyser(partie, entrer, sortir, noter)
    for ref, rang, morceaux in notes:
        texte = decoder("".join(morceaux))
        auteur = auteurs[int(rang)] if rang.isdecimal() and int(rang) < len(auteurs) else ""
        if not auteur.startswith(_UN_FIL) and not texte.startswith(_TEXTE_D_UN_FIL):
            net = _NOTRE_NOTE.sub("", texte)
            yield Abord(feuille.nom, situer(ref), SorteDAbord.COMMENTAIRE, net)


def _fils(paquet: Paquet, feuille: FeuilleDuClasseur, partie: str) -> Iterator[Abord]:
    """Les messages d'un fil de commentaires, avec qui les a écrits."""
    personnes: dict[str, str] = {}
    messages: list[tuple[str, str, list[str]]] = []

    def connaitre(element: str, attributs: Mapping[str, str]) -> None:
        if element == "person":
            personnes[attributs.get("id", "")] = attributs.get("displayName", "")

    def entrer(element: str, attributs: Mapping[str, str]) -> None:
        if element == "threadedComment":
            messages.append((attributs.get("ref", ""), attributs.get("personId", ""), []))

    def noter(texte: str) -> None:
        if messages:
            messages[-1][2].append(texte)

    gens = paquet.cible("person", paquet.cible("officeDocument") or "xl/workbook.xml")
    if gens in paquet:
        paquet.analyser(gens, connaitre)
    paquet.analyser(partie, entrer, texte=noter)
    for ref, qui, morceaux in messages:
        texte = " : ".join(filter(None, (personnes.get(qui, ""), "".join(morceaux).strip())))
        yield Abord(feuille.nom, situer(ref), SorteDAbord.COMMENTAIRE, texte)


def _relever_un_dessin(
    paquet: Paquet, feuille: FeuilleDuClasseur, partie: str, recolte: Recolte, *, est_a_nous: bool
) -> None:
    formes: list[tuple[list[str], list[str]]] = []
    ici = ""

    def entrer(element: str, _: Mapping[str, str]) -> None:
        nonlocal ici
        ici = element
        if element in ("oneCellAnchor", "twoCellAnchor", "absoluteAnchor"):
            formes.append(([], []))
        elif element == "pic":
            recolte.objets[feuille.nom, IMAGE] += 1
        elif element == "graphicFrame" and not est_a_nous:
            recolte.objets[feuille.nom, GRAPHIQUE] += 1

    def sortir(element: str) -> None:
        nonlocal ici
        ici = ""
        if element == "p" and formes:
            formes[-1][1].append("\n")

    def noter(texte: str) -> None:
        if formes and ici in ("row", "col") and len(formes[-1][0]) < 2:
            formes[-1][0].append(texte)
        elif formes and ici == "t":
            formes[-1][1].append(texte)

    paquet.analyser(partie, entrer, sortir, noter)
    recolte.ajouter(
        Abord(feuille.nom, _situer_la_forme(reperes), SorteDAbord.FORME, "".join(morceaux))
        for reperes, morceaux in formes
    )


def _situer_la_forme(reperes: list[str]) -> tuple[int, int] | None:
    """Sa place, d'après la colonne et la ligne (numérotées dès 0) de son coin."""
    match [int(repere) + 1 for repere in reperes if repere.isdecimal()]:
        case [colonne, ligne]:
            return ligne, colonne
    return None
