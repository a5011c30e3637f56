"""Les genres : d'une cellule brute à la valeur que le modèle attend, et retour à l'affichage.

Ce qui est sans équivoque est accepté en silence (« indispensable », un synonyme ou une clé du
modèle, ``1’234.-``, « 12.3.26 ») ; le reste devient `Illisible`, avec son texte brut et son motif.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from math import isfinite
from types import MappingProxyType

import msgspec

from pilotage_xlsx.modele import SEPARATEUR, Colonne, Feuille, Genre, Modele
from pilotage_xlsx.modele.bareme import Bareme
from pilotage_xlsx.modele.vocabulaire import (
    A_CLARIFIER,
    AUCUN_MOT_PROPRE,
    AVEU,
    MotsPropres,
    ecritures,
)
from pilotage_xlsx.registre import Cellule, Illisible, Motif, NatureDeCellule, Valeur
from pilotage_xlsx.registre.remises import est_une_remise, peut_etre_convenu
from pilotage_xlsx.socle import dates
from pilotage_xlsx.socle.confidentiel import est_un_numero_avs
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import (
    LONGUEUR_D_UN_NOMBRE,
    Texte,
    TexteSaisi,
    cle,
    est_vide,
    normaliser,
)

_MONNAIE = motif(r"^(?:CHF|Fr\.?|SFr\.?)|(?:CHF|Fr\.?|francs?)$", re.IGNORECASE)
_MILLIERS = motif(r"(?<=\d)[\s'’`´](?=\d{3}(?!\d))")
_SANS_CENTIMES = motif(r"[.,][-–—]+$")
_A_VIRGULE = motif(r"[-+]?\d+,\d{1,2}")
_DECIMAL = motif(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?")
_MAILTO = r"(?i)(?:^|(?<=[\s<;,]))mailto:\s*"
_ENTRE_NOMS = motif(rf"[{SEPARATEUR}\n]")


_CONNUES_MAX = 200
"""Par colonne : de quoi tenir ses réponses convenues, de toutes les façons de les écrire."""

_AVEUX = frozenset(map(cle, ecritures((AVEU,))))


class Attente(msgspec.Struct, frozen=True):
    """Ce qu'une colonne attend, préparé une fois : choix et mentions par forme comparable.

    ``connues`` : les réponses du modèle déjà lues, que d'autres communes redisent ; jamais ce
    qu'une commune a tapé d'elle-même, qui ne doit pas lui survivre.
    """

    colonne: Colonne
    choix: Mapping[str, TexteSaisi]
    mentions: Mapping[str, TexteSaisi]
    origine: datetime
    bareme: Bareme | None = None
    convenues: frozenset[str] = frozenset()
    connues: dict[Cellule, Valeur | None] = msgspec.field(default_factory=dict)


def attendre(
    colonne: Colonne,
    ecritures: Mapping[str, str] = MappingProxyType({}),
    origine: datetime = dates.ORIGINE_1900,
    bareme: Bareme | None = None,
) -> Attente:
    """Prépare la lecture d'une colonne.

    ``ecritures`` : ce qui s'écrit pour chaque valeur de sa liste, et son libellé ; ``origine`` :
    celle des dates du classeur ; ``bareme`` : l'unité que ses nombres peuvent porter.
    """
    choix = {cle(ecrit): TexteSaisi(libelle) for ecrit, libelle in ecritures.items()}
    mentions = {cle(ecrit): TexteSaisi(dit) for ecrit, dit in colonne.mentions_ecrites.items()}
    convenues = frozenset((*choix.values(), *mentions.values(), A_CLARIFIER))
    return Attente(colonne, choix, mentions, origine, bareme, convenues)


def attendre_tout(
    feuille: Feuille,
    modele: Modele,
    propres: MotsPropres = AUCUN_MOT_PROPRE,
    origine: datetime = dates.ORIGINE_1900,
) -> Mapping[str, Attente]:
    """La lecture de chaque colonne saisie d'une feuille, dont la commune a ses mots ``propres``."""
    return {
        c.id: _attendre_ses_mots(c, modele, propres, origine)
        if propres and modele.mots_propres(c, propres)
        else _attendre_comme_tous(c, modele, origine)
        for c in feuille.saisies
    }


def _attendre_ses_mots(
    colonne: Colonne, modele: Modele, propres: MotsPropres, origine: datetime
) -> Attente:
    return attendre(colonne, modele.ecritures(colonne, propres), origine, modele.bareme(colonne))


def _attendre_comme_tous(colonne: Colonne, modele: Modele, origine: datetime) -> Attente:
    """D'une commune à l'autre, la même attente : elle ne se prépare qu'une fois par modèle."""
    demande = (_attendre_comme_tous, id(colonne), origine)
    if demande not in modele.memoire:
        attente = _attendre_ses_mots(colonne, modele, AUCUN_MOT_PROPRE, origine)
        modele.memoire[demande] = attente
    prete: Attente = modele.memoire[demande]
    return prete


def interpreter(cellule: Cellule, attente: Attente) -> Valeur | None:
    """La valeur d'une cellule d'après sa colonne ; rien si elle est vide ; jamais d'exception."""
    if est_vide(cellule.texte):
        return None
    if cellule.nature is NatureDeCellule.ERREUR:
        return Illisible(cellule.texte, Motif.ERREUR)
    if cellule.nature is NatureDeCellule.FORMULE:
        return Illisible(cellule.texte, Motif.FORMULE)
    if attente.mentions or cellule.nature is NatureDeCellule.TEXTE:
        convenue = _convenue(cellule.texte, attente)
        if convenue is not None:
            return convenue
    return _LECTEURS[attente.colonne.genre](cellule, attente)


def interpreter_une_fois(cellule: Cellule, attente: Attente) -> Valeur | None:
    """`interpreter`, qui se souvient des réponses convenues déjà lues d'après cette attente."""
    connues = attente.connues
    if cellule in connues:
        return connues[cellule]
    valeur = interpreter(cellule, attente)
    if isinstance(valeur, str) and valeur in attente.convenues and len(connues) < _CONNUES_MAX:
        connues[cellule] = valeur
    return valeur


def interpreter_libre(cellule: Cellule, origine: datetime = dates.ORIGINE_1900) -> Valeur | None:
    """La valeur d'une cellule propre à la commune ; son texte reste tel que tapé."""
    if est_vide(cellule.texte):
        return None
    match cellule.nature:
        case NatureDeCellule.NOMBRE:
            return _nombre_libre(cellule, origine)
        case NatureDeCellule.DATE:
            return _date_brute(cellule, origine) or cellule.texte
        case NatureDeCellule.BOOLEEN:
            return _en_texte(cellule, origine)
        case _:
            return cellule.texte


def afficher(valeur: Valeur | str | None) -> str:
    """Le texte que la secrétaire lit : dates JJ.MM.AAAA, milliers à l'apostrophe."""
    match valeur:
        case None:
            return ""
        case Illisible(brut=brut):
            return brut
        case datetime():
            return valeur.strftime("%d.%m.%Y %H:%M")
        case date():
            return valeur.strftime("%d.%m.%Y")
        case tuple():
            return f"{SEPARATEUR} ".join(valeur)
        case float() if not valeur.is_integer():
            return f"{valeur:,.2f}".replace(",", "'")
        case float():
            return f"{int(valeur):,}".replace(",", "'")
        case _:
            return str(valeur)


def citer(texte: Texte) -> tuple[TexteSaisi, ...]:
    """Les noms d'une cellule qui en admet plusieurs, séparés par « ; » ou un retour à la ligne."""
    morceaux = _ENTRE_NOMS.split(texte)
    return tuple(TexteSaisi(normaliser(morceau)) for morceau in morceaux if not est_vide(morceau))


def _convenue(texte: TexteSaisi, attente: Attente) -> Valeur | None:
    """Ce qui se comprend quel que soit le genre : une mention, « À clarifier », une remise."""
    if attente.colonne.plusieurs and "\n" in texte:  # il y sépare des noms
        return None
    if mention := attente.mentions.get(cle(texte)) if attente.mentions else None:
        return mention
    if not peut_etre_convenu(texte):
        return None
    if attente.colonne.admet_l_aveu and cle(texte) in _AVEUX:
        return A_CLARIFIER
    est_remise = attente.colonne.connait_les_remises and est_une_remise(texte)
    return Illisible(texte, Motif.REMISE) if est_remise else None


def _lire_texte(cellule: Cellule, attente: Attente) -> Valeur | None:
    return _en_texte(cellule, attente.origine)


def _lire_courriel(cellule: Cellule, attente: Attente) -> Valeur | None:
    """L'adresse, sans le « mailto: » d'un lien recopié."""
    texte = _en_texte(cellule, attente.origine)
    return TexteSaisi(re.sub(_MAILTO, "", texte)) or None if ":" in texte else texte


def _lire_liste(cellule: Cellule, attente: Attente) -> Valeur | None:
    texte = _en_texte(cellule, attente.origine)
    return attente.choix.get(cle(texte)) or Illisible(texte, Motif.LISTE)


def _lire_reference(cellule: Cellule, attente: Attente) -> Valeur | None:
    texte = _en_texte(cellule, attente.origine)
    if not attente.colonne.plusieurs:
        return TexteSaisi(normaliser(texte))
    noms = tuple(attente.mentions.get(cle(nom), nom) for nom in citer(texte))
    return noms or None


def _lire_date(cellule: Cellule, attente: Attente) -> Valeur | None:
    jour = _date_brute(cellule, attente.origine)
    return Illisible(cellule.texte, Motif.DATE) if jour is None else dates.le_jour(jour)


def _lire_date_heure(cellule: Cellule, attente: Attente) -> Valeur | None:
    jour = _date_brute(cellule, attente.origine)
    return Illisible(cellule.texte, Motif.DATE) if jour is None else jour


def _lire_montant(cellule: Cellule, attente: Attente) -> Valeur | None:
    nombre = lire_nombre(cellule.texte) if cellule.nature is not NatureDeCellule.BOOLEEN else None
    if nombre is None and attente.bareme and cellule.nature is NatureDeCellule.TEXTE:
        nombre = attente.bareme.lire(cellule.texte)
    est_une_date = cellule.est_date or cellule.nature is NatureDeCellule.DATE
    if nombre is None or est_une_date or est_un_numero_avs(cellule.texte):
        return Illisible(_en_texte(cellule, attente.origine), Motif.NOMBRE)
    return _borner(nombre, cellule, attente.colonne)


def _lire_entier(cellule: Cellule, attente: Attente) -> Valeur | None:
    nombre = _lire_montant(cellule, attente)
    if not isinstance(nombre, float):
        return nombre
    return int(nombre) if nombre.is_integer() else Illisible(cellule.texte, Motif.NOMBRE)


_LECTEURS: Mapping[Genre, Callable[[Cellule, Attente], Valeur | None]] = {
    Genre.TEXTE: _lire_texte,
    Genre.LISTE: _lire_liste,
    Genre.REFERENCE: _lire_reference,
    Genre.DATE: _lire_date,
    Genre.DATE_HEURE: _lire_date_heure,
    Genre.ENTIER: _lire_entier,
    Genre.MONTANT: _lire_montant,
    Genre.COURRIEL: _lire_courriel,
    Genre.TELEPHONE: _lire_texte,
    Genre.IDE: _lire_texte,
    Genre.CALCULE: _lire_texte,
}


def _en_texte(cellule: Cellule, origine: datetime) -> TexteSaisi:
    match cellule.nature:
        case NatureDeCellule.BOOLEEN:
            return TexteSaisi("VRAI" if cellule.texte == "1" else "FAUX")
        case NatureDeCellule.NOMBRE if not cellule.est_date:
            nombre = lire_nombre(cellule.texte)
            return cellule.texte if nombre is None else TexteSaisi(str(_entier_si_possible(nombre)))
        case NatureDeCellule.DATE | NatureDeCellule.NOMBRE:
            return TexteSaisi(afficher(_date_brute(cellule, origine))) or cellule.texte
        case _:
            return TexteSaisi(cellule.texte.strip())


def _nombre_libre(cellule: Cellule, origine: datetime) -> Valeur:
    """Un nombre, ou la date qu'il est d'après son format, de n'importe quelle année.

    Un numéro AVS devient un texte : partout, les textes se masquent.
    """
    nombre = lire_nombre(cellule.texte)
    if nombre is None:
        return cellule.texte
    if est_un_numero_avs(cellule.texte):
        return cellule.texte
    if not cellule.est_date:
        return _entier_si_possible(nombre)
    jour = dates.depuis_serie(nombre, origine) or dates.depuis_toute_serie(nombre, origine)
    return _entier_si_possible(nombre) if jour is None else jour


def _date_brute(cellule: Cellule, origine: datetime) -> dates.Jour | None:
    if cellule.nature is NatureDeCellule.NOMBRE:
        nombre = lire_nombre(cellule.texte)
        return None if nombre is None else dates.depuis_serie(nombre, origine)
    jour = dates.depuis_texte(cellule.texte)
    if (
        cellule.nature is NatureDeCellule.DATE
        and isinstance(jour, datetime)
        and jour.time() == time.min
    ):
        return jour.date()
    return jour


def lire_nombre(texte: Texte) -> float | None:
    """``1'234.50``, ``1’234,50``, ``1 234.-``, ``CHF 1200`` : un nombre ; « 10 20 » : rien."""
    if len(texte) > LONGUEUR_D_UN_NOMBRE and len(texte := texte.strip()) > LONGUEUR_D_UN_NOMBRE:
        return None
    net = texte if _DECIMAL.fullmatch(texte) else _sans_habillage(texte)
    if net is None:
        return None
    nombre = float(net)
    return nombre if isfinite(nombre) else None


def _sans_habillage(texte: Texte) -> str | None:
    nu = _MONNAIE.sub("", texte.strip()).strip()
    net = _SANS_CENTIMES.sub("", _MILLIERS.sub("", nu))
    if _A_VIRGULE.fullmatch(net):
        net = net.replace(",", ".")
    return net if _DECIMAL.fullmatch(net) else None


def _borner(nombre: float, cellule: Cellule, colonne: Colonne) -> Valeur:
    trop_petit = colonne.min is not None and nombre < colonne.min
    trop_grand = colonne.max is not None and nombre > colonne.max
    return Illisible(cellule.texte, Motif.BORNES) if trop_petit or trop_grand else nombre


def _entier_si_possible(nombre: float) -> int | float:
    return int(nombre) if nombre.is_integer() and abs(nombre) < 1e15 else nombre
