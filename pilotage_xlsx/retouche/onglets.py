"""Mettre une feuille en tête d'un classeur, et l'enlever, sans que rien d'autre ne se décale.

Les noms définis d'une feuille la désignent par son rang d'onglet, l'onglet actif aussi, et
``docProps/app.xml`` compte les feuilles : tout suit. Le classeur s'ouvre sur la feuille ajoutée.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from lxml import etree

from pilotage_xlsx.retouche.archive import Archive, Element
from pilotage_xlsx.retouche.classeur import (
    ClasseurARetoucher,
    attribut_de_lien,
    identifiant_de_lien,
)
from pilotage_xlsx.retouche.liens import delier, lien_de_type, liens_de, relier, typer
from pilotage_xlsx.retouche.schema import enfant, enfants, entier, frere, local, placer
from pilotage_xlsx.socle.paquet import Refus

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_NOM_MAX = 31
_CHOISI = b"tabSelected"


def nom_libre(classeur: ClasseurARetoucher, nom: str) -> str:
    """Ce nom d'onglet, ou « nom (2) » s'il est pris ; la casse ne distingue pas deux onglets."""
    pris = {onglet.get("name", "").casefold() for onglet in classeur.onglets}
    rang, libre = 1, nom
    while libre.casefold() in pris:
        rang += 1
        libre = f"{nom[: _NOM_MAX - 5]} ({rang})"
    return libre


def mettre_en_tete(
    classeur: ClasseurARetoucher, nom: str, partie: str, octets: bytes, *, est_ouverte: bool
) -> None:
    """Fait de cette partie la première feuille du classeur, sous ce nom.

    ``est_ouverte`` : elle seule est choisie (`deselectionner`), et le classeur s'ouvre sur elle.
    """
    archive, onglets = classeur.archive, classeur.onglets
    archive.poser(partie, octets)
    typer(archive, partie, _TYPE)
    lien = relier(archive, classeur.partie, f"{classeur.famille}/worksheet", partie)
    onglet = etree.Element(frere(classeur.racine, "sheet"))
    onglet.set("name", nom)
    onglet.set("sheetId", str(max((entier(o.get("sheetId")) for o in onglets), default=0) + 1))
    onglet.set(attribut_de_lien(classeur.famille), lien)
    onglets[0].addprevious(onglet)
    _ouvrir(classeur, est_en_tete=est_ouverte)
    for defini in _noms_locaux(classeur):
        defini.set("localSheetId", str(entier(defini.get("localSheetId")) + 1))
    _titrer(classeur, nom)


def deselectionner(classeur: ClasseurARetoucher) -> bool:
    """Plus aucun onglet n'est choisi ; faux si l'un ne se retouche pas, trop grand ou abîmé.

    De deux onglets choisis, Excel fait un groupe, où une frappe s'écrit dans les deux.
    """
    return all(_deselectionner(classeur.archive, partie) for partie in _choisies(classeur))


def _choisies(classeur: ClasseurARetoucher) -> Iterator[str]:
    """Les parties des onglets choisis."""
    liens = {lien.id: lien.cible for lien in liens_de(classeur.archive, classeur.partie)}
    for partie in dict.fromkeys(liens.get(identifiant_de_lien(o), "") for o in classeur.onglets):
        if partie in classeur.archive and _dit_son_choix(classeur.archive, partie):
            yield partie


def _dit_son_choix(archive: Archive, partie: str) -> bool:
    """Vrai si l'en-tête de la partie le dit ; les cellules, qui le suivent, ne se lisent pas."""
    for fenetre in archive.fenetres(partie, len(_CHOISI)):
        entete, cellules, _ = fenetre.partition(b"sheetData")
        if _CHOISI in entete:
            return True
        if cellules:
            break
    return False


def _deselectionner(archive: Archive, partie: str) -> bool:
    try:
        racine = archive.racine(partie, local(archive.lire(partie)))
    except Refus:
        return False
    for vues in enfants(racine, "sheetViews"):
        for vue in enfants(vues, "sheetView"):
            vue.attrib.pop("tabSelected", None)
    archive.ranger(partie)
    return True


def enlever(classeur: ClasseurARetoucher, parties: Collection[str]) -> None:
    """Enlève du classeur les feuilles que tiennent ces parties, et les noms qui n'étaient qu'à
    elles ; sans effet s'il n'en restait aucune."""
    liens = {lien.id: lien.cible for lien in liens_de(classeur.archive, classeur.partie)}
    onglets = classeur.onglets
    rangs = [r for r, o in enumerate(onglets) if liens.get(identifiant_de_lien(o)) in parties]
    if len(rangs) == len(onglets):
        return
    for rang in rangs:
        onglets[rang].getparent().remove(onglets[rang])
    _reculer_les_noms(classeur, rangs)
    _reculer_les_vues(classeur, rangs, len(onglets) - len(rangs))
    for partie in parties:
        _enlever_ses_tables(classeur, partie)
    delier(classeur.archive, classeur.partie, parties)
    _detitrer(classeur, [onglets[rang].get("name", "") for rang in rangs], len(onglets))


def _enlever_ses_tables(classeur: ClasseurARetoucher, partie: str) -> None:
    archive = classeur.archive
    liees = {lien.cible for lien in liens_de(archive, partie) if lien.type == "table"}
    tables = [table for table in liees if table in archive and _est_une_table(archive, table)]
    if tables:
        delier(archive, partie, tables)


def _est_une_table(archive: Archive, partie: str) -> bool:
    return local(archive.lire(partie)) == "table"


def _reculer_les_vues(classeur: ClasseurARetoucher, rangs: list[int], restants: int) -> None:
    for vue in _vues(classeur):
        for attribut in ("activeTab", "firstSheet"):
            actif = entier(vue.get(attribut))
            nouveau = min(actif - bisect_left(rangs, actif), restants - 1)
            if nouveau != actif:
                vue.set(attribut, str(nouveau))


def _reculer_les_noms(classeur: ClasseurARetoucher, rangs: list[int]) -> None:
    """Les noms définis des onglets enlevés partent, ceux des suivants reculent."""
    enleves = set(rangs)
    for defini in list(_noms_locaux(classeur)):
        sien, noms = entier(defini.get("localSheetId")), defini.getparent()
        if sien in enleves:
            noms.remove(defini)
            if not len(noms):
                classeur.racine.remove(noms)
        elif recul := bisect_left(rangs, sien):
            defini.set("localSheetId", str(sien - recul))


def _ouvrir(classeur: ClasseurARetoucher, *, est_en_tete: bool) -> None:
    """Le classeur s'ouvre sur sa première feuille, ou sur la même, qui recule d'un rang."""
    vues = list(_vues(classeur))
    if not vues:
        liste = placer(classeur.racine, etree.Element(frere(classeur.racine, "bookViews")))
        vues = [etree.SubElement(liste, frere(liste, "workbookView"))]
    for vue in vues:
        vue.set("activeTab", "0" if est_en_tete else str(entier(vue.get("activeTab")) + 1))
        vue.attrib.pop("firstSheet", None)


def _vues(classeur: ClasseurARetoucher) -> Iterator[Element]:
    liste = enfant(classeur.racine, "bookViews")
    return iter(()) if liste is None else enfants(liste, "workbookView")


def _noms_locaux(classeur: ClasseurARetoucher) -> Iterator[Element]:
    liste = enfant(classeur.racine, "definedNames")
    noms = iter(()) if liste is None else enfants(liste, "definedName")
    return (nom for nom in noms if nom.get("localSheetId") is not None)


def _titrer(classeur: ClasseurARetoucher, nom: str) -> None:
    """Ajoute la feuille aux titres du document, si le compte y est juste."""
    if (sommaire := _sommaire(classeur, len(classeur.onglets) - 1)) is not None:
        nombre, titres = sommaire
        nombre.text = str(entier(nombre.text) + 1)
        titre = etree.Element(frere(nombre, "lpstr"))
        titre.text = nom
        titres.insert(0, titre)
        titres.set("size", str(len(titres)))


def _detitrer(classeur: ClasseurARetoucher, noms: Iterable[str], feuilles: int) -> None:
    if (sommaire := _sommaire(classeur, feuilles)) is not None:
        nombre, titres = sommaire
        restants = Counter(noms)
        for titre in titres[: entier(nombre.text)]:
            if restants[titre.text]:
                restants[titre.text] -= 1
                titres.remove(titre)
        titres.set("size", str(len(titres)))
        nombre.text = str(len(classeur.onglets))


def _sommaire(classeur: ClasseurARetoucher, feuilles: int) -> tuple[Element, Element] | None:
    """Le nombre de feuilles et les titres inscrits dans les propriétés, s'ils s'accordent."""
    lien = lien_de_type(classeur.archive, "", "extended-properties")
    if lien is None:
        return None
    vue = classeur.archive.lire(lien.cible)
    if _lire_sommaire(vue, feuilles) is None:
        return None
    return _lire_sommaire(classeur.archive.racine(lien.cible, "Properties"), feuilles)


def _lire_sommaire(racine: Element, feuilles: int) -> tuple[Element, Element] | None:
    nombres = [e for e in racine.iter() if local(e) == "i4"]
    titres = [v for t in enfants(racine, "TitlesOfParts") for v in enfants(t, "vector")]
    if not nombres or not titres or entier(nombres[0].text) != feuilles:
        return None
    return (nombres[0], titres[0]) if len(titres[0]) >= feuilles else None
