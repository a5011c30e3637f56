"""Les notes d'une feuille : la nôtre complète celle qui est là, ou s'en crée une.

Notre passage est entre deux marques, ce qui permet de l'enlever sans toucher au reste. Un fil de
commentaires (auteur « tc=… ») tient déjà la note de sa cellule : il n'est jamais touché.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from pilotage_xlsx.modele import MARQUES_DE_NOTE
from pilotage_xlsx.retouche.archive import Element
from pilotage_xlsx.retouche.bulles import (
    Bulle,
    dessin_neuf,
    dessiner,
    effacer,
    est_sans_forme,
    est_un_dessin,
)
from pilotage_xlsx.retouche.classeur import (
    ClasseurARetoucher,
    FeuilleARetoucher,
    attribut_de_lien,
    identifiant_de_lien,
)
from pilotage_xlsx.retouche.couleurs import Place
from pilotage_xlsx.retouche.liens import delier, liens_de, relier, typer, typer_extension
from pilotage_xlsx.retouche.schema import (
    enfant,
    enfants,
    entier,
    espace_de,
    exiger,
    fragment,
    frere,
    local,
)
from pilotage_xlsx.retouche.textes import couper, echapper, texte_de
from pilotage_xlsx.socle.adresses import lettres_de, situer
from pilotage_xlsx.socle.montrable import montrable
from pilotage_xlsx.socle.paquet import abime

DEBUT, FIN = MARQUES_DE_NOTE

_AUTEUR = "pilotage-xlsx"
_TYPE_DES_NOTES = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_TYPE_DU_DESSIN = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AUTEUR_D_UN_FIL, _TEXTE_D_UN_FIL = "tc=", "[Threaded comment]"
_POLICE = (
    '<rPr>{gras}<sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/></rPr>'
)
_TEXTE_MAX = 30_000


def noter(
    classeur: ClasseurARetoucher, feuille: FeuilleARetoucher, textes: Mapping[Place, str]
) -> None:
    """Ajoute ces textes aux notes des cellules ; une cellule qui porte un fil est passée."""
    partie = _partie_des_notes(classeur, feuille)
    bulles = _ecrire_les_notes(feuille.archive.racine(partie, "comments"), textes)
    feuille.archive.ranger(partie)
    if bulles:
        _dessiner(classeur, feuille, bulles)


def _ecrire_les_notes(racine: Element, textes: Mapping[Place, str]) -> list[Bulle]:
    """Complète ou crée les notes ; rend celles qui restent à dessiner."""
    liste = _section(racine, "commentList")
    existantes = {situer(note.get("ref", "")): note for note in enfants(liste, "comment")}
    auteurs, notre = _auteurs(racine), None
    bulles = []
    for place, texte in sorted(textes.items()):
        corps = echapper(montrable(texte[:_TEXTE_MAX]))
        if place not in existantes:
            notre = _rang_de_l_auteur(racine) if notre is None else notre
            _ajouter(_creer(liste, place, notre), corps)
            bulles.append(Bulle(*place, f"{DEBUT}\n{corps}\n{FIN}"))
        elif not est_un_fil(existantes[place], auteurs):
            _ajouter(existantes[place], corps, avant="\n\n")
    return bulles


def denoter(feuille: FeuilleARetoucher) -> bool:
    """Enlève nos passages, et les notes qui n'ont rien d'autre ; vrai s'il y en avait."""
    partie = feuille.liee("comments")
    if partie is None or not feuille.archive.contient(partie, _AUTEUR.encode()):
        return False
    if not any(_bornes(note) for note in _notes(feuille.archive.lire(partie))):
        return False
    vides = []
    for note in _notes(feuille.archive.racine(partie, "comments")):
        if bornes := _bornes(note):
            couper(note, *bornes)
            if not texte_de(note).strip():
                note.getparent().remove(note)
                vides.append(situer(note.get("ref", "")))
    _effacer(feuille, partie, [place for place in vides if place])
    feuille.archive.ranger(partie)
    return True


def est_un_fil(note: Element, auteurs: list[str]) -> bool:
    """Vrai si la note est l'ombre d'un fil de commentaires."""
    rang = entier(note.get("authorId"), len(auteurs))
    auteur = auteurs[rang] if rang < len(auteurs) else ""
    return auteur.startswith(_AUTEUR_D_UN_FIL) or texte_de(note).startswith(_TEXTE_D_UN_FIL)


def _notes(racine: Element) -> list[Element]:
    liste = enfant(racine, "commentList")
    return [] if liste is None else list(enfants(liste, "comment"))


def _auteurs(racine: Element) -> list[str]:
    liste = enfant(racine, "authors")
    return [] if liste is None else [auteur.text or "" for auteur in enfants(liste, "author")]


def _rang_de_l_auteur(racine: Element) -> int:
    auteurs = _auteurs(racine)
    if _AUTEUR not in auteurs:
        etree.SubElement(_section(racine, "authors"), frere(racine, "author")).text = _AUTEUR
        return len(auteurs)
    return auteurs.index(_AUTEUR)


def _section(racine: Element, nom: str) -> Element:
    trouvee = enfant(racine, nom)
    if trouvee is None:
        trouvee = etree.Element(frere(racine, nom))
        racine.insert(0 if nom == "authors" else 1, trouvee)
    return trouvee


def _creer(liste: Element, place: Place, auteur: int) -> Element:
    note = etree.SubElement(liste, frere(liste, "comment"))
    note.set("ref", f"{lettres_de(place[1])}{place[0]}")
    note.set("authorId", str(auteur))
    etree.SubElement(note, frere(liste, "text"))
    return note


def _ajouter(note: Element, texte: str, avant: str = "") -> None:
    """Notre passage à la fin de la note, en deux morceaux : la marque en gras, le reste."""
    corps = enfant(note, "text")
    if corps is None:
        corps = etree.SubElement(note, frere(note, "text"))
    for gras, morceau in (("<b/>", f"{avant}{DEBUT}\n"), ("", f"{texte}\n{FIN}")):
        suite = fragment(note, f'<r>{_POLICE.format(gras=gras)}<t xml:space="preserve"/></r>')
        suite[-1].text = morceau
        corps.append(suite)
    corps[:] = sorted(corps, key=lambda enfant: local(enfant) in ("rPh", "phoneticPr"))


def _bornes(note: Element) -> tuple[int, int] | None:
    """Où commence et finit notre passage dans le texte de la note, blancs d'avant compris."""
    texte = texte_de(note)
    debut = texte.find(DEBUT)
    if debut < 0:
        return None
    fin = texte.find(FIN, debut + len(DEBUT))
    return len(texte[:debut].rstrip()), len(texte) if fin < 0 else fin + len(FIN)


def _partie_des_notes(classeur: ClasseurARetoucher, feuille: FeuilleARetoucher) -> str:
    """La partie des notes de la feuille, créée vide si elle n'en a pas."""
    archive = classeur.archive
    if partie := feuille.liee("comments"):
        return partie
    partie = archive.nom_libre("xl/comments/pilotage{}.xml")
    espace = espace_de(classeur.racine)
    archive.poser(
        partie, f'<comments xmlns="{espace}"><authors/><commentList/></comments>'.encode()
    )
    relier(archive, feuille.partie, f"{classeur.famille}/comments", partie)
    typer(archive, partie, _TYPE_DES_NOTES)
    return partie


def _dessiner(
    classeur: ClasseurARetoucher, feuille: FeuilleARetoucher, bulles: list[Bulle]
) -> None:
    archive = classeur.archive
    partie = _partie_du_dessin(feuille)
    if partie is None:
        partie = archive.nom_libre("xl/drawings/pilotage{}.vml")
        archive.poser(partie, dessin_neuf(archive))
        typer_extension(archive, "vml", _TYPE_DU_DESSIN)
        lien = exiger(feuille.racine, "legacyDrawing")
        lien.attrib.clear()
        type_ = f"{classeur.famille}/vmlDrawing"
        lien.set(attribut_de_lien(classeur.famille), relier(archive, feuille.partie, type_, partie))
    dessin = archive.octets(partie)
    if not est_un_dessin(dessin):
        raise abime(f"« {partie} » n'est pas un dessin de notes")
    archive.poser(partie, dessiner(dessin, bulles, feuille.racine))


def _partie_du_dessin(feuille: FeuilleARetoucher) -> str | None:
    """Le dessin VML que la feuille montre ; celui de ses en-têtes d'impression n'en est pas un."""
    lien = enfant(feuille.racine, "legacyDrawing")
    if lien is None:
        return None
    voulu = identifiant_de_lien(lien)
    liens = liens_de(feuille.archive, feuille.partie)
    parties = (lien.cible for lien in liens if (lien.id, lien.type) == (voulu, "vmlDrawing"))
    return next((partie for partie in parties if partie in feuille.archive), None)


def _effacer(feuille: FeuilleARetoucher, partie: str, places: list[Place]) -> None:
    """Efface les dessins de ces notes, et les parties qui n'ont plus rien."""
    archive = feuille.archive
    dessin = _partie_du_dessin(feuille)
    octets = archive.octets(dessin) if dessin is not None and places else b""
    if dessin is not None and est_un_dessin(octets):
        archive.poser(dessin, effacer(octets, places))
        if est_sans_forme(archive.octets(dessin)):
            delier(archive, feuille.partie, (dessin,))
            feuille.racine.remove(enfant(feuille.racine, "legacyDrawing"))
    if not _notes(archive.lire(partie)):
        delier(archive, feuille.partie, (partie,))
