"""Du modèle d'une commune, ce qu'il faut pour relire son partage, et pas un mot de plus.

Ses colonnes ouvertes et remplies, ses valeurs écrites : sans elles, « En veille » serait hors liste
et sa colonne, une inconnue. Le reste de sa touche est à elle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from pilotage_xlsx.modele import Colonne, Feuille, Modele, Partage
from pilotage_xlsx.modele.vocabulaire import Mot
from pilotage_xlsx.registre import Registre
from pilotage_xlsx.socle.document import encoder

_AIDE = "Cette colonne vient du modèle de la commune."
_EMPREINTE = 12

Touche = Mapping[str, Mapping[str, Any]]
"""Les fichiers d'une touche, par nom, comme en TOML."""


def touche_du_partage(
    registre: Registre, modele: Modele, livre: Modele, niveau: Partage
) -> Touche | None:
    """Ce que ce registre réduit demande de plus que le modèle livré ; rien s'il s'en passe.

    Son nom est son empreinte : deux communes qui partagent les mêmes mots ont la même touche.
    """
    if modele.identite.base != livre.identite.id:
        return None
    listes: dict[str, Any] = {}
    fichiers: dict[str, Any] = {}
    for feuille in livre.feuilles:
        neuves = []
        for colonne in _remplies(registre, modele.par_id[feuille.id]):
            mots = [*_mots_ecrits(registre, modele, feuille, colonne)]
            if colonne.id not in feuille.par_id:
                if not _se_relirait(colonne, mots, livre):
                    continue
                neuves.append(_decrire(colonne, feuille, niveau))
            for mot in mots:
                _inscrire(listes, colonne.liste or "", mot, modele, livre)
        if neuves:
            fichiers[f"feuilles/{feuille.id}.toml"] = {"colonnes": neuves}
    if listes:
        fichiers["listes.toml"] = listes
    return {"modele.toml": _identifier(fichiers, livre), **fichiers} if fichiers else None


def _remplies(registre: Registre, feuille: Feuille) -> Iterator[Colonne]:
    """Les colonnes de la feuille que ce registre remplit : de lui, tout sort."""
    lignes = registre.lignes(feuille.id)
    for colonne in feuille.saisies:
        if any(colonne.id in ligne.valeurs for ligne in lignes):
            yield colonne


def _mots_ecrits(
    registre: Registre, modele: Modele, feuille: Feuille, colonne: Colonne
) -> Iterator[Mot]:
    """Les valeurs de la liste de cette colonne qu'une ligne au moins a choisies."""
    if colonne.liste is not None:
        ecrits = {ligne.texte(colonne.id) for ligne in registre.lignes(feuille.id)}
        yield from (mot for mot in modele.listes[colonne.liste].valeurs if mot.libelle in ecrits)


def _se_relirait(colonne: Colonne, mots: list[Mot], livre: Modele) -> bool:
    """Faux si la colonne s'appuie sur une unité, un registre ou une liste que rien ne dirait."""
    if colonne.unite not in (None, *livre.identite.unites):
        return False
    est_dite = colonne.liste is None or colonne.liste in livre.listes or bool(mots)
    return est_dite and set(colonne.reference) <= livre.par_id.keys()


def _decrire(colonne: Colonne, feuille: Feuille, niveau: Partage) -> Mapping[str, Any]:
    """La colonne, utile et sans condition : la complétude d'un partage ne se juge pas."""
    dites = {
        "liste": colonne.liste, "reference": [*colonne.reference], "plusieurs": colonne.plusieurs,
        "texte_libre": colonne.texte_libre, "unite": colonne.unite, "min": colonne.min,
        "max": colonne.max, "mentions": [*map(_dire, colonne.mots)],
    }  # fmt: skip
    return {
        "id": colonne.id, "libelle": colonne.libelle, "aide": _AIDE, "niveau": "U",
        "genre": colonne.genre.value, "paragraphe": feuille.colonnes[0].paragraphe,
        "partage": [niveau.value], **{nom: dit for nom, dit in dites.items() if dit},
    }  # fmt: skip


def _inscrire(listes: dict[str, Any], nom: str, mot: Mot, modele: Modele, livre: Modele) -> None:
    """Une valeur que le modèle livré n'a pas, ou dit autrement."""
    connue = livre.listes.get(nom)
    if connue is not None and any(
        (m.cle, m.libelle, m.est) == (mot.cle, mot.libelle, mot.est) for m in connue.valeurs
    ):
        return
    neuve = {} if connue else {"a_clarifier": modele.listes[nom].a_clarifier}
    liste = listes.setdefault(nom, {"valeurs": [], **neuve})
    liste["valeurs"] += [] if _dire(mot) in liste["valeurs"] else [_dire(mot)]


def _dire(mot: Mot) -> Mapping[str, Any]:
    return {"cle": mot.cle, "libelle": mot.libelle, "est": [*mot.est]}


def _identifier(fichiers: Mapping[str, Any], livre: Modele) -> Mapping[str, str]:
    empreinte = sha256(encoder(fichiers)).hexdigest()[:_EMPREINTE]
    identite = livre.identite
    return {"base": identite.id, "id": f"partage_{empreinte}", "version": identite.version}
