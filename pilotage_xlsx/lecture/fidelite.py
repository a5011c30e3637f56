"""Ce qu'une valeur reçue devient autrement qu'écrite : rien ne change sans être dit.

Pur : ce qui a été donné, ce qui sera écrit, et la raison en une fin de phrase. Ce que le modèle
promet (un libellé de liste dans sa bonne casse, « 12 mars 2026 » en date) n'est pas un changement.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from pilotage_xlsx.modele import SEPARATEUR, Genre
from pilotage_xlsx.registre import Illisible, Motif, Valeur
from pilotage_xlsx.registre.genres import Attente, afficher, lire_nombre
from pilotage_xlsx.socle import dates
from pilotage_xlsx.socle.confidentiel import extraire
from pilotage_xlsx.socle.json_exact import CHIFFRES_EXACTS, NombreLong, chiffres
from pilotage_xlsx.socle.longueur import est_trop_long
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import Texte, cle, en_clair, normaliser

FAUTES: Mapping[Motif, str] = {
    Motif.DATE: "n'est pas une date",
    Motif.NOMBRE: "n'est pas un nombre",
    Motif.BORNES: "est hors des bornes",
    Motif.LISTE: "n'est pas dans la liste",
    Motif.ERREUR: "est une erreur",
    Motif.FORMULE: "est une formule",
    Motif.REMISE: "n'est pas encore une réponse",
}

TROP_LONG = "le texte dépasse 32'767 signes, que tient une cellule : la fin est coupée"
BLANCS = "des blancs, en bord ou de trop, sont ôtés"
_COMMANDES = "des signes de commande, qu'un classeur ne porte pas, sont ôtés"
_QUE_DES_BLANCS = "il n'y a que des blancs : la cellule reste vide"
HEURE_PERDUE = "l'heure n'est pas gardée : cette colonne veut un jour"
_FRACTION_PERDUE = "le fuseau et les fractions de seconde ne sont pas gardés"
_FUSEAU_OU_FRACTION = motif(r":\d\d\.\d|Z$", re.IGNORECASE)
_ENTRE_NOMS = motif(rf"[{SEPARATEUR}\n]")


def ecart(donne: Any, valeur: Valeur | None, attente: Attente | None = None) -> str | None:
    """Ce que ``valeur`` ne garde pas de ce qui est donné, ou rien ; sans attente, tout est libre.

    ``donne`` : un texte, un nombre, un booléen, une liste de textes.
    """
    match donne, valeur:
        case None | "", _:
            return None
        case _, Illisible(brut=brut, motif=motif):
            return f"« {citer(brut)} » {FAUTES[motif]}"
        case bool(), _:
            est_une_liste = attente is not None and attente.colonne.genre is Genre.LISTE
            return None if est_une_liste else f"{_oui(donne)} est écrit « {afficher(valeur)} »"
        case NombreLong() | int() | float(), _:
            return _ecart_de_nombre(donne, valeur)
        case str(), None:
            return _QUE_DES_BLANCS if est_du_texte(donne) else _COMMANDES
        case str(), date():
            return _ecart_de_date(donne, valeur, attente)
        case str(), int() | float():
            if lire_nombre(donne) is None:
                return f"« {citer(donne)} » est écrit « {afficher(valeur)} »"
            return _arrondi(donne, valeur) if chiffres(donne) > CHIFFRES_EXACTS else None
        case list(), _:
            return _ecart_de_liste(donne, valeur, attente)
    return _ecart_de_texte(donne, valeur, attente)


def citer(texte: str) -> str:
    """Le texte masqué, en deux cents signes."""
    return extraire(texte)


def est_du_texte(donne: str) -> bool:
    """Faux si le texte n'a que des signes qu'un classeur ne porte pas."""
    return bool(en_clair(donne))


def _oui(donne: bool) -> str:
    return "`true`" if donne else "`false`"


def _ecart_de_nombre(donne: float | NombreLong, valeur: Valeur | None) -> str | None:
    if isinstance(valeur, date):
        return f"{donne} est compris comme le {afficher(valeur)}"
    if isinstance(donne, NombreLong):
        ecrit_tel_quel = f"{donne} est écrit comme un texte : un tableur en perdrait des chiffres"
        return ecrit_tel_quel if valeur == str(donne) else _arrondi(donne, valeur)
    ecrit = lire_nombre(valeur) if isinstance(valeur, str) else valeur
    return None if ecrit == donne else f"{donne} est écrit « {afficher(valeur)} »"


def _arrondi(donne: str, valeur: Valeur | None) -> str:
    garde = f"{valeur:.15g}" if isinstance(valeur, int | float) else afficher(valeur)
    return f"{citer(donne)} est arrondi à {garde} : un tableur n'en garde que quinze chiffres"


def _ecart_de_date(donne: str, valeur: date, attente: Attente | None) -> str | None:
    if str(valeur.year) not in donne:
        return f"« {citer(donne)} » est compris comme le {afficher(valeur)}"
    if _FUSEAU_OU_FRACTION.search(donne.strip()):
        return _FRACTION_PERDUE
    ecrit = dates.depuis_texte(donne) if attente else valeur
    a_une_heure = isinstance(ecrit, datetime) and ecrit.time() != time.min
    return HEURE_PERDUE if a_une_heure and not isinstance(valeur, datetime) else None


def _ecart_de_liste(donne: list[str], valeur: Valeur | None, attente: Attente | None) -> str | None:
    if isinstance(valeur, tuple) and len(valeur) == len(donne):
        ecarts = (
            _ecart_de_texte(un, autre, attente) for un, autre in zip(donne, valeur, strict=True)
        )
        return next(filter(None, ecarts), None)
    vide = valeur is None and not any(donne)
    return None if vide else f"les {len(donne)} noms sont écrits « {citer(afficher(valeur))} »"


def _ecart_de_texte(donne: Texte, valeur: Valeur | None, attente: Attente | None) -> str | None:
    if isinstance(valeur, tuple):
        noms = [nom.strip() for nom in _ENTRE_NOMS.split(donne)]
        return None if len(noms) == 1 and not noms[0] else _ecart_de_noms(noms, valeur, attente)
    if valeur == donne or (attente and _est_le_libelle(donne, valeur, attente)):
        return None
    if est_trop_long(donne):
        return TROP_LONG
    if en_clair(donne) != donne:
        return _COMMANDES
    if isinstance(valeur, str) and normaliser(donne) == normaliser(valeur):
        return BLANCS
    return f"« {citer(donne)} » est écrit « {citer(afficher(valeur))} »"


def _ecart_de_noms(noms: list[str], valeur: tuple[str, ...], attente: Attente | None) -> str | None:
    remplis = [nom for nom in noms if nom]
    return _ecart_de_liste(remplis, tuple(valeur), attente)  # type: ignore[arg-type]


def _est_le_libelle(donne: Texte, valeur: Valeur | None, attente: Attente) -> bool:
    """Vrai pour un choix ou une mention, à la casse près ; un synonyme ou une clé, lui, change."""
    if not isinstance(valeur, str) or cle(donne) != cle(valeur):
        return False
    return cle(donne) in attente.choix or cle(donne) in attente.mentions
