"""Les données JSON de ``generer --depuis``, lues en `Registre` ; `donnees` fait l'inverse.

Une clé inconnue est une faute de celui qui écrit le JSON : `DonneesInvalides` la nomme et propose.
Une valeur que le modèle ne comprend pas se garde telle quelle, et se dit en une phrase.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import Any

from pilotage_xlsx.lecture.remarques import borner, remarquer_le_json
from pilotage_xlsx.lecture.valeurs_json import ValeurInattendue, en_cellule, valeur_libre
from pilotage_xlsx.metier.executif import mots_propres
from pilotage_xlsx.modele import Colonne, Feuille, Forme, Modele
from pilotage_xlsx.modele.vocabulaire import AUCUN_MOT_PROPRE, MotsPropres
from pilotage_xlsx.registre import Cellule, FeuilleLue, Lieu, Ligne, Registre, Valeur
from pilotage_xlsx.registre.donnees import PROPRES, distinguer_propres
from pilotage_xlsx.registre.genres import Attente, attendre_tout, interpreter
from pilotage_xlsx.socle.adresses import COLONNES_MAX
from pilotage_xlsx.socle.textes import cle_large

Objets = Mapping[str, Mapping[str, Any]]
"""Les objets d'une feuille, par chemin : ``outils[3]``."""


class DonneesInvalides(Exception):
    """Un JSON qui n'a pas la forme du modèle ; le message donne le chemin et une proposition."""


def lire_donnees(document: Any, modele: Modele, fichier: Path) -> tuple[Registre, tuple[str, ...]]:
    """Le registre d'un JSON déjà décodé, et une phrase par valeur écrite autrement que donnée."""
    contenu = _exiger_objet(document, "$")
    _exiger_connues(contenu, modele.par_id, "")
    presentes = [feuille for feuille in modele.a_lire if contenu.get(feuille.id) is not None]
    objets = {feuille.id: _lister(contenu[feuille.id], feuille) for feuille in presentes}
    propres = _lire_les_mots_propres(objets, modele, fichier.name)
    lues = {f.id: _lire_feuille(objets[f.id], f, modele, propres, fichier.name) for f in presentes}
    remarques = (remarquer_le_json(objets[f.id], lues[f.id], f, modele, propres) for f in presentes)
    return Registre(fichier, lues), borner(chain.from_iterable(remarques))


def _lister(donnee: Any, feuille: Feuille) -> Objets:
    """Les objets d'une feuille, leurs clés connues."""
    if feuille.forme is Forme.FICHE:
        objets = {feuille.id: donnee}
    else:
        liste = enumerate(_exiger_liste(donnee, feuille.id))
        objets = {f"{feuille.id}[{rang}]": objet for rang, objet in liste}
    connues = {**feuille.par_id, PROPRES: None}
    for chemin, objet in objets.items():
        _exiger_connues(_exiger_objet(objet, chemin), connues, f"{chemin}.")
        if objet.get(PROPRES) is not None:
            _exiger_objet(objet[PROPRES], f"{chemin}.{PROPRES}")
    return objets


def _lire_les_mots_propres(
    objets: Mapping[str, Objets], modele: Modele, fichier: str
) -> MotsPropres:
    if modele.fiche.id not in objets:
        return AUCUN_MOT_PROPRE
    fiche = _lire_feuille(objets[modele.fiche.id], modele.fiche, modele, AUCUN_MOT_PROPRE, fichier)
    return mots_propres(modele, fiche.lignes[0])


def _lire_feuille(
    objets: Objets, feuille: Feuille, modele: Modele, propres: MotsPropres, fichier: str
) -> FeuilleLue:
    rangs = {colonne.id: rang for rang, colonne in enumerate(feuille.colonnes, 1)}
    lieu = Lieu(fichier, feuille.id, feuille.libelle, 0, rangs)
    attentes = attendre_tout(feuille, modele, propres)
    lignes = tuple(
        _lire_ligne(objet, chemin, Ligne(lieu, numero, {}), attentes)
        for numero, (chemin, objet) in enumerate(objets.items(), 1)
    )
    lue = distinguer_propres(FeuilleLue(lieu, lignes), feuille)
    if len(feuille.colonnes) + len(lue.propres) > COLONNES_MAX:
        raise DonneesInvalides(f"`{feuille.id}` : un tableur n'a que {COLONNES_MAX} colonnes.")
    return lue


def _lire_ligne(
    objet: Mapping[str, Any], chemin: str, vide: Ligne, attentes: Mapping[str, Attente]
) -> Ligne:
    cellules = {
        cle: cellule
        for cle, attente in attentes.items()
        if (cellule := _lire_cellule(objet.get(cle), attente.colonne, f"{chemin}.{cle}"))
    }
    valeurs = {cle: interpreter(cellule, attentes[cle]) for cle, cellule in cellules.items()}
    return Ligne(
        vide.lieu,
        vide.numero,
        {cle: valeur for cle, valeur in valeurs.items() if valeur is not None},
        cellules,
        _lire_propres(objet.get(PROPRES) or {}, f"{chemin}.{PROPRES}"),
    )


def _lire_cellule(donnee: Any, colonne: Colonne, chemin: str) -> Cellule | None:
    try:
        return en_cellule(donnee, colonne)
    except ValeurInattendue:
        liste = ", ou une liste de textes" if colonne.plusieurs else ""
        raise DonneesInvalides(
            f"`{chemin}` : il faut un texte, un nombre ou `null`{liste}."
        ) from None


def _lire_propres(objet: Mapping[str, Any], chemin: str) -> dict[str, Valeur]:
    propres: dict[str, Valeur] = {}
    for entete, donnee in objet.items():
        try:
            if donnee not in (None, ""):
                propres[entete] = valeur_libre(donnee)
        except ValeurInattendue:
            raise DonneesInvalides(
                f"`{chemin}.{entete}` : il faut un texte, un nombre ou `null`."
            ) from None
    return propres


def _exiger_objet(donnee: Any, chemin: str) -> Mapping[str, Any]:
    if not isinstance(donnee, dict):
        raise DonneesInvalides(f"`{chemin}` : il faut un objet JSON, `{{…}}`.")
    return donnee


def _exiger_liste(donnee: Any, chemin: str) -> list[Any]:
    if not isinstance(donnee, list):
        raise DonneesInvalides(
            f"`{chemin}` : il faut une liste JSON, `[…]`, une ligne par élément."
        )
    return donnee


def _exiger_connues(objet: Iterable[str], connues: Mapping[str, Any], prefixe: str) -> None:
    for cle in objet:
        if cle not in connues:
            raise DonneesInvalides(
                f"`{prefixe}{cle}` : cette clé est inconnue{_proposer(cle, connues)}"
            )


def _proposer(cle: str, connues: Mapping[str, Any]) -> str:
    """La clé connue la plus proche ; un libellé (« Coût annuel ») propose son identifiant."""
    par_texte = {cle_large(connue): connue for connue in connues}
    par_texte |= {
        cle_large(chose.libelle): connue
        for connue, chose in connues.items()
        if isinstance(chose, Feuille | Colonne)
    }
    proches = get_close_matches(cle_large(cle), par_texte, 1)
    return f" ; vouliez-vous dire `{par_texte[proches[0]]}` ?" if proches else "."
