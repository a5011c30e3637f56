"""Ce qu'une copie annotée doit prouver, quel que soit le classeur reçu."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from random import Random

from lxml import etree

from pilotage_xlsx.metier.constats import Constat, Gravite
from pilotage_xlsx.registre import Emplacement
from pilotage_xlsx.retouche.classeur import ouvrir_pour_retoucher
from pilotage_xlsx.retouche.copie import CopieRetouchee
from pilotage_xlsx.retouche.origine import oublier
from pilotage_xlsx.socle.adresses import situer
from pilotage_xlsx.socle.paquet import ouvrir
from tests.retouche.bruts import entrees
from tests.retouche.copies import annoter, ecrite, retirer

ORIGINAL = "pilotage/classeur.original"


def constat(
    feuille: str,
    cellule: str | None,
    gravite: Gravite = Gravite.ERREUR,
    message: str = "Une faute.",
) -> Constat:
    """Un constat à cette cellule d'une feuille, ou à la feuille entière."""
    ligne, colonne = situer(cellule or "") or (None, None)
    lieu = Emplacement("essai.xlsx", feuille, ligne, colonne)
    return Constat("CEL-001", gravite, message, "La réparer.", "2", lieu)


def noms_des_feuilles(chemin: Path) -> tuple[str, ...]:
    """Les feuilles de calcul du classeur."""
    with ouvrir(chemin) as paquet:
        return tuple(ouvrir_pour_retoucher(paquet).feuilles)


def constats_au_hasard(feuilles: Sequence[str], hasard: Random) -> list[Constat]:
    """Quelques constats, souvent dans les premières cellules, sur quelques feuilles."""
    choisies = hasard.sample(feuilles, min(len(feuilles), 2))
    return [
        constat(
            feuille,
            f"{hasard.choice('ABCDEH')}{hasard.choice((1, 2, 3, 5, 8, 40, 1_048_576))}",
            hasard.choice(list(Gravite)),
            hasard.choice(
                ("Une faute.", '« É » & <b> "x" ]]>\nsur deux lignes', "_x0041_ \x02 😀")
            ),
        )
        for feuille in choisies
        for _ in range(hasard.randint(1, 5))
    ]


def parties(octets: bytes) -> dict[str, bytes]:
    """Le contenu de chaque partie d'une archive."""
    with zipfile.ZipFile(BytesIO(octets)) as archive:
        return {nom: archive.read(nom) for nom in archive.namelist() if not nom.endswith("/")}


def parties_concernees(chemin: Path, feuilles: Iterable[str]) -> set[str]:
    """Ce qu'une annotation de ces feuilles a le droit de changer dans le classeur reçu."""
    with ouvrir(chemin) as paquet:
        classeur = ouvrir_pour_retoucher(paquet)
        partie = classeur.partie
        permises = {"[Content_Types].xml", "_rels/.rels", partie, _liens(partie)}
        permises |= {lien.cible for lien in paquet.relations().values() if "extended" in lien.type}
        liens = paquet.relations(partie).values()
        permises |= {lien.cible for lien in liens if lien.type == "styles"}
        for nom in feuilles:
            sienne = classeur.feuilles[nom].partie
            siennes = paquet.relations(sienne).values()
            permises |= {sienne, _liens(sienne)}
            permises |= {lien.cible for lien in siennes if lien.type in ("comments", "vmlDrawing")}
    return {permise.lower() for permise in permises}


def _liens(partie: str) -> str:
    dossier, _, nom = partie.rpartition("/")
    return f"{dossier}/_rels/{nom}.rels" if dossier else f"_rels/{nom}.rels"


def eprouver(chemin: Path, constats: Sequence[Constat], dossier: Path) -> bytes:
    """Annote, et exige : rien de perdu ni de recomprimé, rendu à l'octet, jamais doublé."""
    recu = chemin.read_bytes()
    annote = annoter(chemin, constats, "Bilan")
    assert chemin.read_bytes() == recu
    avant, apres = entrees(recu), entrees(annote)
    permises = parties_concernees(chemin, {c.lieu.feuille for c in constats})
    for nom, entree in avant.items():
        if nom.lower().replace("\\", "/").lstrip("/") not in permises:
            assert apres[nom] == entree or _cede_l_ouverture(
                parties(recu)[nom], parties(annote)[nom]
            )
    copie = dossier / f"annote{chemin.suffix}"
    copie.write_bytes(annote)
    assert retirer(copie) == recu
    assert annoter(copie, constats, "Bilan") == annote
    eprouver_sans_original(copie, dossier, parties(recu))
    return annote


def _cede_l_ouverture(avant: bytes, apres: bytes) -> bool:
    """Vrai si la feuille était choisie, ne l'est plus, et n'a rien d'autre de neuf."""
    return b"tabSelected" in avant and b"tabSelected" not in apres and _egales(avant, apres)


def eprouver_sans_original(copie: Path, dossier: Path, avant: dict[str, bytes]) -> None:
    """Une copie dont l'original embarqué a disparu se défait aussi, partie par partie."""
    nue = dossier / f"nue{copie.suffix}"
    with ouvrir(copie) as paquet:
        classeur = ouvrir_pour_retoucher(paquet)
        oublier(classeur.archive)
        nue.write_bytes(ecrite(CopieRetouchee(classeur.archive)))
    rendu = retirer(nue)
    assert rendu is not None
    apres = parties(rendu)
    tenues = {nom for nom in avant if ".." not in nom.replace("\\", "/").split("/")}
    de_trop = {nom for nom in apres if nom not in avant}
    assert de_trop <= {nom for nom in de_trop if "styles" in nom or "Content_Types" in nom}, de_trop
    for nom in tenues:
        if nom not in apres:
            assert nom.endswith(".rels"), nom
            assert b"<Relationship " not in avant[nom]
        elif nom.endswith(".xml") and not re.search("(?i)styles|content_types", nom):
            assert _egales(avant[nom], apres[nom]), nom


_NEUTRES = {"priority", "activeTab", "tabSelected", "firstSheet", "count", "size", "spans"}


def _egales(un: bytes, autre: bytes) -> bool:
    """Le même XML, aux rangs de priorité et à l'onglet ouvert près, que l'on ne reprend pas."""
    if un == autre:
        return True
    return _canonique(un) == _canonique(autre)


def _canonique(octets: bytes) -> bytes:
    racine = etree.fromstring(octets)
    for element in reversed(list(racine.iter())):
        if not isinstance(element.tag, str):
            continue
        for neutre in _NEUTRES:
            element.attrib.pop(neutre, None)
        nom = etree.QName(element).localname
        if nom == "c" and element.get("s") == "0":
            del element.attrib["s"]
        est_vide = not len(element) and not element.attrib and not (element.text or "").strip()
        if nom in ("c", "row") and not len(element) and set(element.attrib) <= {"r"}:
            element.getparent().remove(element)
            continue
        est_de_trop = est_vide and nom in ("bookViews", "workbookView", "author", "authors")
        if est_de_trop or (nom == "author" and element.text == "pilotage-xlsx"):
            element.getparent().remove(element)
    return etree.tostring(racine, method="c14n")
