"""Les données JSON de ``generer --depuis``, lues en `Registre` ; `donnees` fait l'inverse.

Une clé inconnue est une faute de celui qui écrit le JSON : `DonneesInvalides` la nomme et propose.
Une valeur que le modèle ne comprend pas se garde telle quelle, et se dit en une phrase. Ce qu'un
classeur ne peut pas porter (un signe de commande, la fin d'un texte trop long) est ôté ici, et
nulle part ensuite : `fidelite` compare ce qui reste à ce qui fut donné, et le dit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import Any

from pilotage_xlsx.lecture.remarques import borner, remarquer_le_json
from pilotage_xlsx.metier.executif import mots_propres
from pilotage_xlsx.modele import SEPARATEUR, Colonne, Feuille, Forme, Genre, Modele
from pilotage_xlsx.modele.vocabulaire import AUCUN_MOT_PROPRE, MotsPropres
from pilotage_xlsx.registre import (
    Cellule,
    FeuilleLue,
    Lieu,
    Ligne,
    NatureDeCellule,
    Registre,
    Valeur,
)
from pilotage_xlsx.registre.donnees import PROPRES, distinguer_propres
from pilotage_xlsx.registre.genres import Attente, attendre_tout, interpreter
from pilotage_xlsx.socle.adresses import COLONNES_MAX
from pilotage_xlsx.socle.confidentiel import est_un_numero_avs
from pilotage_xlsx.socle.dates import depuis_toute_serie, vers_serie
from pilotage_xlsx.socle.json_exact import CHIFFRES_EXACTS, NombreLong
from pilotage_xlsx.socle.longueur import couper
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import TexteSaisi, cle_large, en_clair

Objets = Mapping[str, Mapping[str, Any]]
"""Les objets d'une feuille, par chemin : ``outils[3]``."""


_DATES = frozenset({Genre.DATE, Genre.DATE_HEURE})
_NOMBRES = _DATES | {Genre.ENTIER, Genre.MONTANT}
_ISO = motif(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?")


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
    lieu = Lieu(fichier, feuille.id, feuille.libelle, 0, rangs, {}, feuille.par_id)
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


class ValeurInattendue(Exception):
    """Une valeur JSON qui n'est ni un texte, ni un nombre, ni rien."""


def en_cellule(donnee: Any, colonne: Colonne) -> Cellule | None:
    """La valeur JSON comme si elle venait d'un tableur ; « =A1 » est un texte."""
    match _sans_arrondi(donnee):
        case None:
            return None
        case bool() if colonne.genre is Genre.LISTE:
            return Cellule(NatureDeCellule.TEXTE, TexteSaisi("Oui" if donnee else "Non"))
        case bool():
            return Cellule(NatureDeCellule.BOOLEEN, TexteSaisi(str(int(donnee))))
        case NombreLong() as ecrit:
            nature = NatureDeCellule.NOMBRE if colonne.genre in _NOMBRES else NatureDeCellule.TEXTE
            return Cellule(nature, net(ecrit))
        case int() | float():
            return Cellule(NatureDeCellule.NOMBRE, TexteSaisi(repr(donnee)))
        case str() if colonne.genre in _DATES and date_iso(donnee):
            return Cellule(NatureDeCellule.DATE, TexteSaisi(donnee))
        case str():
            return Cellule(NatureDeCellule.TEXTE, net(donnee))
        case list() if colonne.plusieurs and all(isinstance(nom, str) for nom in donnee):
            return Cellule(NatureDeCellule.TEXTE, net(f"{SEPARATEUR} ".join(donnee)))
    raise ValeurInattendue


def valeur_libre(donnee: Any) -> Valeur:
    """La valeur d'une colonne propre à la commune, telle qu'elle se relira."""
    match _sans_arrondi(donnee):
        case bool():
            return TexteSaisi("VRAI" if donnee else "FAUX")
        case NombreLong() as ecrit:
            return TexteSaisi(ecrit)
        case int() if est_un_numero_avs(str(donnee)):
            return TexteSaisi(str(donnee))
        case int() | float():
            return donnee  # type: ignore[no-any-return]
        case str():
            jour = date_iso(donnee)
            est_ecrivable = jour is not None and depuis_toute_serie(vers_serie(jour)) is not None
            return jour if jour and est_ecrivable else TexteSaisi(net(donnee).strip())
    raise ValeurInattendue


def net(texte: str) -> TexteSaisi:
    """Le texte qu'une cellule peut tenir."""
    return TexteSaisi(couper(en_clair(texte)))


def date_iso(texte: str) -> date | datetime | None:
    """La date ISO 8601 que le texte est en entier, avec son heure s'il en dit une autre que 0 h."""
    if not _ISO.fullmatch(texte):
        return None
    try:
        instant = datetime.fromisoformat(texte)
    except ValueError:
        return None
    return instant if instant.time() != time.min else instant.date()


def _sans_arrondi(donnee: Any) -> Any:
    """Un entier qui vient de Python, de trop de chiffres, devient le nombre long qu'il est."""
    est_long = type(donnee) is int and abs(donnee) >= 10**CHIFFRES_EXACTS
    return NombreLong(donnee) if est_long else donnee
