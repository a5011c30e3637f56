"""Ce qu'un tableur peut porter d'un modèle : noms de feuille et de table, libellés, valeurs.

Un modèle qui passe ces bornes donne un classeur que tout tableur ouvre ; sinon, chaque faute est
une phrase « clé : faute », et rien n'est écrit. Bornes d'Excel : nom de feuille de 31 signes sans
``[]:*?/\\``, nom de table sans espace, texte de 255 signes au plus dans une formule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilotage_xlsx.modele import (
    ETAT,
    FEUILLE_A_CORRIGER,
    FEUILLES_DU_PRODUIT,
    FICHE_PAPIER,
    Colonne,
    Feuille,
    Modele,
)
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import cle_large, en_clair, est_vide

_VALEUR_AU_PLUS, _MENTION_AU_PLUS, _LIBELLE_AU_PLUS = 200, 60, 40
_LARGEUR_AU_PLUS = 255
_INTERDITS = set("[]:*?/\\")
_NOM_DE_LISTE = motif(r"[a-z][a-z0-9_]{0,99}")
_NOM_DE_TABLE = motif(r"[^\W\d]\w{0,99}")
_ADRESSE = motif(r"[A-Z]{1,3}\d{1,7}|(R\d*)?(C\d*)?", re.IGNORECASE)
_PRISES = {cle_large(nom) for nom in (*FEUILLES_DU_PRODUIT, FEUILLE_A_CORRIGER, "History")}
_PAPIER = cle_large(FICHE_PAPIER)


def hors_bornes(modele: Modele) -> Iterator[str]:
    """Tout ce qu'un tableur refuserait, fichier nommé ; rien si le modèle est bon."""
    feuilles, tables = set[str](), set[str]()
    for feuille in modele.a_lire:
        for faute in _feuille(feuille, feuilles, tables):
            yield f"feuilles/{feuille.id}.toml : {faute}"
    for nom, liste in modele.listes.items():
        if not _NOM_DE_LISTE.fullmatch(nom):
            yield f"listes.toml : « {nom} » : minuscules ASCII, chiffres et « _ » seulement"
        if not liste.valeurs:
            yield f"listes.toml : {nom} : valeurs : il en faut une au moins"
        for valeur in liste.valeurs:
            for faute in _texte(valeur.libelle, _VALEUR_AU_PLUS):
                yield f"listes.toml : {nom} : valeur : {faute}"
            if valeur.sens and en_clair(valeur.sens) != valeur.sens:
                yield f"listes.toml : {nom} : sens : un signe invisible de commande"
    yield from _mentions(modele)


def _feuille(feuille: Feuille, feuilles: set[str], tables: set[str]) -> Iterator[str]:
    yield from _nom_de_feuille(feuille.libelle, feuilles)
    if feuille.table is not None:
        yield from _nom_de_table(feuille.table, tables)
    for cle in ("titre", "resume", "consigne"):
        texte = getattr(feuille, cle) or ""
        if en_clair(texte) != texte:
            yield f"{cle} : un signe invisible de commande"
    for colonne in feuille.colonnes:
        for faute in _colonne(colonne):
            yield f"colonne {colonne.id} : {faute}"


def _nom_de_feuille(nom: str, pris: set[str]) -> Iterator[str]:
    for faute in _texte(nom, 31):
        yield f"libelle : {faute}"
    if _INTERDITS & set(nom):
        yield f"libelle : un nom de feuille n'a aucun de ces signes : [ ] : * ? / \\, « {nom} »"
    if nom.startswith("'") or nom.endswith("'"):
        yield f"libelle : un nom de feuille ne commence ni ne finit par une apostrophe, « {nom} »"
    if cle_large(nom) in _PRISES or cle_large(nom).startswith(_PAPIER):
        yield f"libelle : « {nom} » est un nom que le classeur se réserve ; en choisir un autre"
    if nom.casefold() in pris:
        yield f"libelle : deux feuilles se nomment « {nom} »"
    pris.add(nom.casefold())


def _nom_de_table(nom: str, pris: set[str]) -> Iterator[str]:
    if not _NOM_DE_TABLE.fullmatch(nom) or _ADRESSE.fullmatch(nom):
        yield (
            f"table : lettres, chiffres et « _ » seulement, rien qui ressemble à une adresse "
            f"de cellule, {nom[:40]!r}"
        )
    if nom.casefold() in pris:
        yield f"table : deux tables se nomment « {nom} »"
    pris.add(nom.casefold())


def _colonne(colonne: Colonne) -> Iterator[str]:
    for faute in _texte(colonne.libelle, _LIBELLE_AU_PLUS):
        yield f"libelle : {faute}"
    if cle_large(colonne.libelle) == cle_large(ETAT):
        yield f"libelle : « {ETAT} » est la colonne calculée du classeur ; en choisir un autre"
    if not 1 <= colonne.largeur <= _LARGEUR_AU_PLUS:
        yield f"largeur : de 1 à {_LARGEUR_AU_PLUS} signes, lu : {colonne.largeur}"
    if en_clair(colonne.aide) != colonne.aide:
        yield "aide : un signe invisible de commande"


def _mentions(modele: Modele) -> Iterator[str]:
    """Une mention entre dans un nom défini : deux qui s'y ressembleraient doivent être la même."""
    vues: dict[str, str] = {}
    for feuille in modele.a_lire:
        for colonne in feuille.colonnes:
            for mention in colonne.mentions:
                ou = f"feuilles/{feuille.id}.toml : colonne {colonne.id} : mentions"
                yield from (f"{ou} : {faute}" for faute in _texte(mention, _MENTION_AU_PLUS))
                nom = cle_large(mention)
                if not nom or ";" in mention:
                    yield f"{ou} : une lettre ou un chiffre au moins, sans « ; », « {mention} »"
                elif vues.setdefault(nom, mention) != mention:
                    yield f"{ou} : « {mention} » et « {vues[nom]} » s'écrivent de même façon"


def _texte(texte: str, au_plus: int) -> Iterator[str]:
    """Un texte que l'on choisit ou que l'on lit en tête : une ligne, sans blanc en bord."""
    if est_vide(texte):
        yield "vide"
    elif len(texte) > au_plus:
        yield f"plus de {au_plus} signes, « {texte[:40]}… »"
    if en_clair(texte) != texte or set("\n\r\t") & set(texte):
        yield f"une seule ligne, sans tabulation ni signe de commande, {texte[:40]!r}"
    elif texte != texte.strip(" "):
        yield f"une espace en bord, « {texte} »"
