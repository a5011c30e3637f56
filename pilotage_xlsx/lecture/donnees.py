"""Les données JSON de ``generer --depuis``, lues en `Registre` ; `donnees` fait l'inverse.

Une clé inconnue est une faute de celui qui écrit le JSON : `DonneesInvalides` la nomme et propose.
Une valeur que le modèle ne comprend pas se garde telle quelle, et se dit en une phrase.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pilotage_xlsx.donnees import PROPRES, distinguer_propres
from pilotage_xlsx.genres import Attente, attendre, interpreter
from pilotage_xlsx.modele import SEPARATEUR, Colonne, Feuille, Forme, Genre, Modele
from pilotage_xlsx.registre import (
    Cellule,
    FeuilleLue,
    Illisible,
    Lieu,
    Ligne,
    Motif,
    Nature,
    Registre,
    Valeur,
)
from pilotage_xlsx.socle.adresses import COLONNES_MAX
from pilotage_xlsx.socle.confidentiel import est_un_numero_avs
from pilotage_xlsx.socle.textes import TexteSaisi, cle_large, en_clair

_FAUTES: Mapping[Motif, str] = {
    Motif.DATE: "n'est pas une date",
    Motif.NOMBRE: "n'est pas un nombre",
    Motif.BORNES: "est hors des bornes",
    Motif.LISTE: "n'est pas dans la liste",
    Motif.ERREUR: "est une erreur",
    Motif.FORMULE: "est une formule",
}


_ENTIER_EXACT = 10**15
_DATES = frozenset({Genre.DATE, Genre.DATE_HEURE})
"""Au-delà, un tableur arrondit : un long numéro reste un texte."""


class DonneesInvalides(Exception):
    """Un JSON qui n'a pas la forme du modèle ; le message donne le chemin et une proposition."""


def lire_donnees(document: Any, modele: Modele, fichier: Path) -> tuple[Registre, tuple[str, ...]]:
    """Le registre d'un JSON déjà décodé, et une phrase par valeur gardée sans être comprise."""
    contenu = _exiger_objet(document, "$")
    _exiger_connues(contenu, modele.par_id, "")
    feuilles = {
        feuille.id: _lire_feuille(contenu[feuille.id], feuille, modele, fichier.name)
        for feuille in modele.a_lire
        if contenu.get(feuille.id) is not None
    }
    return Registre(fichier, feuilles), tuple(_avertir(feuilles, modele))


def _lire_feuille(donnee: Any, feuille: Feuille, modele: Modele, fichier: str) -> FeuilleLue:
    lieu = Lieu(
        fichier,
        feuille.id,
        feuille.libelle,
        0,
        {colonne.id: rang for rang, colonne in enumerate(feuille.colonnes, 1)},
    )
    if feuille.forme is Forme.FICHE:
        objets = {feuille.id: donnee}
    else:
        objets = {
            f"{feuille.id}[{rang}]": objet
            for rang, objet in enumerate(_exiger_liste(donnee, feuille.id))
        }
    for chemin, objet in objets.items():
        connues = {**feuille.par_id, PROPRES: None}
        _exiger_connues(_exiger_objet(objet, chemin), connues, f"{chemin}.")
    attentes = {c.id: attendre(c, modele.choix(c)) for c in feuille.saisies}
    lignes = tuple(
        _lire_ligne(objet, chemin, Ligne(lieu, numero, {}), attentes)
        for numero, (chemin, objet) in enumerate(objets.items(), 1)
    )
    lue = distinguer_propres(FeuilleLue(lieu, lignes), feuille)
    if len(feuille.colonnes) + len(lue.propres) > COLONNES_MAX:
        raise DonneesInvalides(f"`{feuille.id}` : un tableur n'a que {COLONNES_MAX} colonnes.")
    return lue


def _lire_ligne(donnee: Any, chemin: str, vide: Ligne, attentes: Mapping[str, Attente]) -> Ligne:
    objet = _exiger_objet(donnee, chemin)
    cellules = {
        cle: cellule
        for cle, attente in attentes.items()
        if (cellule := _en_cellule(objet.get(cle), attente.colonne, f"{chemin}.{cle}"))
    }
    valeurs = {cle: interpreter(cellule, attentes[cle]) for cle, cellule in cellules.items()}
    return Ligne(
        vide.lieu,
        vide.numero,
        {cle: valeur for cle, valeur in valeurs.items() if valeur is not None},
        cellules,
        _lire_propres(objet.get(PROPRES), f"{chemin}.{PROPRES}"),
    )


def _lire_propres(donnee: Any, chemin: str) -> dict[str, Valeur]:
    objet = {} if donnee is None else _exiger_objet(donnee, chemin)
    return {
        str(entete): _valeur_libre(valeur, f"{chemin}.{entete}")
        for entete, valeur in objet.items()
        if valeur not in (None, "")
    }


def _valeur_libre(donnee: Any, chemin: str) -> Valeur:
    match donnee:
        case bool():
            return TexteSaisi("VRAI" if donnee else "FAUX")
        case int() if abs(donnee) > _ENTIER_EXACT or est_un_numero_avs(str(donnee)):
            return TexteSaisi(str(donnee))
        case int() | float():
            return donnee
        case str():
            return _date_iso(donnee) or TexteSaisi(en_clair(donnee))
        case _:
            raise DonneesInvalides(f"`{chemin}` : il faut un texte, un nombre ou `null`.")


def _date_iso(texte: str) -> date | datetime | None:
    try:
        return date.fromisoformat(texte) if len(texte) == 10 else datetime.fromisoformat(texte)
    except ValueError:
        return None


def _en_cellule(donnee: Any, colonne: Colonne, chemin: str) -> Cellule | None:
    """La valeur JSON comme si elle venait d'un tableur ; « =A1 » est un texte."""
    match donnee:
        case None:
            return None
        case bool() if colonne.genre is Genre.LISTE:
            return Cellule(Nature.TEXTE, TexteSaisi("Oui" if donnee else "Non"))
        case bool():
            return Cellule(Nature.BOOLEEN, TexteSaisi(str(int(donnee))))
        case int() | float():
            return Cellule(Nature.NOMBRE, TexteSaisi(repr(donnee)))
        case str() if colonne.genre in _DATES and _date_iso(donnee):
            return Cellule(Nature.DATE, TexteSaisi(donnee))
        case str():
            return Cellule(Nature.TEXTE, TexteSaisi(en_clair(donnee)))
        case list() if colonne.plusieurs and all(isinstance(nom, str) for nom in donnee):
            return Cellule(Nature.TEXTE, TexteSaisi(en_clair(f"{SEPARATEUR} ".join(donnee))))
        case _:
            liste = ", ou une liste de textes" if colonne.plusieurs else ""
            raise DonneesInvalides(f"`{chemin}` : il faut un texte, un nombre ou `null`{liste}.")


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


def _avertir(feuilles: Mapping[str, FeuilleLue], modele: Modele) -> Iterator[str]:
    for feuille in feuilles.values():
        registre = modele.par_id[feuille.lieu.registre]
        for ligne in feuille.lignes:
            for cle, valeur in ligne.valeurs.items():
                if isinstance(valeur, Illisible):
                    place = "" if registre.forme is Forme.FICHE else f"[{ligne.numero - 1}]"
                    faute = _FAUTES[valeur.motif]
                    yield f"`{registre.id}{place}.{cle}` : « {valeur.brut} » {faute}."
