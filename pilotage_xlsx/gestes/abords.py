"""Ce que la commune a posé autour de ses réponses : repris sur une feuille à elle, ou dit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from pilotage_xlsx import generation
from pilotage_xlsx.gestes.classeurs import charger_une_fois
from pilotage_xlsx.gestes.exigences import admettre
from pilotage_xlsx.lecture.abords import (
    Abord,
    Abords,
    SorteDAbord,
    Temoin,
    lire_le_temoin,
    lire_les_abords,
)
from pilotage_xlsx.lecture.proprietes import lire_le_porte
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.modele.chargement import ModeleInvalide
from pilotage_xlsx.modele.versions import Parente, situer
from pilotage_xlsx.registre import FeuillePropre, Registre
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.entree import EnMemoire
from pilotage_xlsx.socle.longueur import couper, est_trop_long
from pilotage_xlsx.socle.paquet import ouvrir_tout
from pilotage_xlsx.socle.textes import TexteSaisi
from pilotage_xlsx.verification.phrases import accorder, citer, enumerer

_ENTETES = ("Feuille", "Cellule", "Ligne", "Ce que c'était", "Ce qui y est écrit")
_MOTS = {
    SorteDAbord.A_COTE: "texte tapé à côté d'un tableau",
    SorteDAbord.COMMENTAIRE: "commentaire",
    SorteDAbord.LIEN: "lien",
    SorteDAbord.FORME: "texte d'une forme",
}
_PLURIELS = {
    "texte tapé à côté d'un tableau": "textes tapés à côté d'un tableau",
    "texte d'une forme": "textes d'une forme",
    "tableau croisé": "tableaux croisés",
    "objet incorporé": "objets incorporés",
    "fichier joint": "fichiers joints",
    "annexe illisible": "annexes illisibles",
    "projet de macros": "projets de macros",
    "feuille de graphique": "feuilles de graphique",
    "feuille de macros": "feuilles de macros",
    "feuille de dialogue": "feuilles de dialogue",
    "bouton ou case à cocher": "boutons ou cases à cocher",
    "autre objet": "autres objets",
}
_RESTE = (
    "Ne suivent pas : les couleurs, largeurs, filtres et tris posés à la main ; une formule tapée "
    "dans une réponse devient sa valeur."
)


def recueillir(ancien: Registre, modele: Modele, memoire: int) -> Abords:
    """Ce qui est autour des réponses d'un classeur lu d'après ``modele``."""
    return lire_les_abords(ancien, modele, _temoigner(ancien, modele, memoire), memoire)


def _temoigner(ancien: Registre, modele: Modele, memoire: int) -> Temoin:
    """Nos textes : ceux du modèle dont vient ce classeur, sinon de celui qui le lit."""
    if ancien.version is None:
        return _temoin_de(modele, memoire)
    for origine in _origines(ancien, modele, memoire):
        if situer(origine.identite, ancien.version) is Parente.MEME:
            return _temoin_de(origine, memoire)
    return replace(_temoin_de(modele, memoire), est_d_origine=False)


def _origines(ancien: Registre, modele: Modele, memoire: int) -> Iterator[Modele]:
    """Les modèles dont peut venir ce classeur : qui le lit, le livré, celui qu'il porte."""
    yield modele
    yield charger_une_fois()
    with ouvrir_tout(ancien.source, memoire) as paquet:
        texte = "" if paquet.est_opendocument else lire_le_porte(paquet)
    with suppress(ModeleInvalide):
        yield from [admettre(texte)] if texte else []


def _temoin_de(modele: Modele, memoire: int) -> Temoin:
    """Ce que le produit écrit de ce modèle, sans rien d'une commune : se lit une fois."""
    if _temoin_de not in modele.memoire:
        vide = Registre(Path())
        vierge = EnMemoire("temoin.xlsx", generation.generer(modele, vide, modele.identite.date))
        modele.memoire[_temoin_de] = lire_le_temoin(vierge, memoire)
    temoin: Temoin = modele.memoire[_temoin_de]
    return temoin


def mettre_en_feuille(abords: Abords, ancien: Registre) -> Iterator[FeuillePropre]:
    """La feuille qui en garde les textes, s'il y en a : « Notes de 2026 »."""
    if not abords.textes:
        return
    rangees = [_ENTETES, *(_ranger(abord, ancien) for abord in abords.textes)]
    cellules = {
        (ligne, colonne): TexteSaisi(couper(texte))
        for ligne, rangee in enumerate(rangees, 1)
        for colonne, texte in enumerate(rangee, 1)
        if texte
    }
    longs = (n for n, abord in enumerate(abords.textes, 2) if est_trop_long(abord.texte))
    coupees = tuple(f"{lettres_de(len(_ENTETES))}{n}" for n in longs)
    nom = f"Notes de {ancien.annee or 'l’ancien classeur'}"
    yield FeuillePropre(nom, cellules, coupees, intitules=frozenset({1}))


def dire_les_abords(abords: Abords) -> Iterator[str]:
    """Ce qui en est repris, et ce qui ne suit pas."""
    par_sorte = Counter(abord.sorte for abord in abords.textes)
    if par_sorte:
        dits = enumerer(_accorder(n, _MOTS[sorte]) for sorte, n in par_sorte.items())
        yield f"Hors des réponses : {dits}, à relire sur la feuille des notes."
    if abords.en_plus:
        yield f"Et {abords.en_plus} de plus, qui restent dans l'ancien classeur."
    if abords.non_comparees:
        noms = enumerer(map(citer, abords.non_comparees))
        yield (
            f"D'une autre version, {noms} se refont à neuf : ce que vous y auriez ajouté reste "
            "dans l'ancien classeur."
        )
    for (feuille, quoi), combien in abords.objets.items():
        ou = f"Feuille {citer(feuille)} : " if feuille else ""
        restent = "reste" if combien == 1 else "restent"
        yield f"{ou}{_accorder(combien, quoi)}, qui {restent} dans l'ancien classeur."
    yield _RESTE


def _accorder(combien: int, quoi: str) -> str:
    return accorder(combien, quoi, _PLURIELS.get(quoi))


def _ranger(abord: Abord, ancien: Registre) -> tuple[str, ...]:
    adresse = "" if abord.place is None else f"{lettres_de(abord.place[1])}{abord.place[0]}"
    return abord.feuille, adresse, _ligne(abord, ancien), abord.sorte, abord.texte


def _ligne(abord: Abord, ancien: Registre) -> str:
    """Ce qu'inscrit la ligne où il est, ou la question de la fiche."""
    for lue in ancien.feuilles.values():
        if lue.lieu.feuille != abord.feuille or abord.place is None:
            continue
        numero = abord.place[0]
        for champ, (ligne, _) in lue.lieu.cases.items():
            if ligne == numero and lue.lieu.connues:
                return lue.lieu.connues[champ].libelle
        for inscrite in lue.lignes:
            if inscrite.numero == numero and not lue.lieu.cases:
                return next(filter(None, map(inscrite.texte, lue.lieu.colonnes)), "")
    return ""
