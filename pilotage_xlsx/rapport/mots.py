"""Les mots du rapport : ce qui est répété d'une section à l'autre s'écrit ici une fois.

Tout texte libre d'une commune passe par `lire`, qui masque ce qui ne doit pas se montrer.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from pilotage_xlsx.metier.executif import Appellation, sans_article
from pilotage_xlsx.metier.executif import nommer as appeler
from pilotage_xlsx.metier.mesure import Mesure
from pilotage_xlsx.modele.vocabulaire import Aveu
from pilotage_xlsx.rapport.chiffres import Delai, Incident, Rapport
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.confidentiel import masquer
from pilotage_xlsx.socle.montrable import montrable
from pilotage_xlsx.socle.textes import Texte, normaliser
from pilotage_xlsx.socle.typographie import jour, montant, nombre

TIRET = "–"
DIX = 10
"""Jusqu'à dix, un compte nomme ce qu'il compte."""

_CELLULE, _NOM, _MOT, _COURT = 1_000, 100, 60, 40
"""Une cellule, un nom d'outil, un mot pour l'exécutif, un nom de la première page, au plus long :
au-delà, cela s'abrège."""

_VOYELLES = "aeiouyœæ"
_DELIBERANT = "organe délibérant"
_PAR_AN, _UNE_FOIS = "par\u00a0an", "une\u00a0fois"


def epurer(texte: Texte) -> str:
    """Le texte masqué, montrable, sur une ligne."""
    return normaliser(masquer(montrable(texte)))


def lire(ligne: Ligne, colonne: str, sinon: Texte = TIRET) -> str:
    """Le texte d'une cellule, masqué s'il le faut, abrégé s'il est démesuré ; ``sinon`` si vide."""
    if ligne.est_vide(colonne):
        return sinon
    return abreger(epurer(afficher(ligne[colonne])), _CELLULE) or sinon


def lire_un_fait(ligne: Ligne, colonne: str, sinon: Texte = "") -> str:
    """Comme `lire`, mais « À clarifier » n'est pas un fait : ni un nom, ni une adresse."""
    return lire(ligne, colonne, sinon=sinon) if ligne.dit(colonne) else sinon


def lire_en_entier(ligne: Ligne, colonne: str, sinon: Texte = "") -> str:
    """Comme `lire_un_fait`, sans rien couper : ce qui se vote se lit jusqu'au bout."""
    if not ligne.dit(colonne):
        return sinon
    return epurer(afficher(ligne[colonne])) or sinon


def chiffrer(ligne: Ligne, colonne: str) -> date | float | str | None:
    """Le jour ou le nombre de la cellule, tel quel ; « À clarifier » s'y lit en toutes lettres."""
    if est_avouee(ligne, colonne):
        return lire(ligne, colonne)
    jour = ligne.date(colonne)
    return ligne.nombre(colonne) if jour is None else jour


def est_avouee(ligne: Ligne, colonne: str) -> bool:
    """Vrai si la cellule répond « À clarifier »."""
    return isinstance(ligne[colonne], Aveu)


def nommer(ligne: Ligne) -> str:
    """Le nom d'un outil ou d'un prestataire, sinon le numéro de la ligne, borné."""
    return abreger(lire(ligne, "nom", sinon=lire(ligne, "numero", sinon="sans nom")), _NOM)


def nommer_tous(lignes: Iterable[Ligne]) -> str:
    """Les noms, séparés par des virgules."""
    return ", ".join(map(nommer, lignes))


def citer_jusqu_a_dix(lignes: Sequence[Ligne]) -> str:
    """Les noms, dix au plus, puis le compte des autres : « A, B et 3 de plus »."""
    reste = len(lignes) - DIX
    suite = f" et {nombre(reste)} de plus" if reste > 0 else ""
    return f"{nommer_tous(lignes[:DIX])}{suite}"


def citer_en(lignes: Sequence[Ligne], place: int, nommer_une: Callable[[Ligne], str]) -> str:
    """Les noms qui tiennent dans ``place`` signes, un au moins, puis le compte des autres."""
    noms: list[str] = []
    prise = 0
    for ligne in lignes[:DIX]:
        nom = nommer_une(ligne)
        prise += len(nom) + 2
        if noms and prise > place:
            break
        noms.append(nom)
    reste = len(lignes) - len(noms)
    return ", ".join(noms) + (f" et {nombre(reste)} de plus" if reste else "")


def nommer_court(ligne: Ligne) -> str:
    """Le nom, court : pour la première page."""
    return abreger(nommer(ligne), _COURT)


def le_nommer(ligne: Ligne) -> str:
    """Le nom entre guillemets."""
    return f"« {nommer(ligne)} »"


def nommer_la_part(nom: Ligne | str) -> str:
    """Le nom d'une part d'un chiffre : celui de sa ligne, ou la réponse elle-même."""
    return nommer(nom) if isinstance(nom, Ligne) else nom


def commune(rapport: Rapport, longueur: int) -> str:
    """Le nom de la commune, abrégé à ``longueur`` signes."""
    return abreger(epurer(rapport.nom), longueur)


def de_commune(nom: Texte) -> str:
    """« de Valmarin », « d'Aigle », « du Locle », « des Verrières », « de La Sarraz »."""
    match nom.partition(" "):
        case "Le", _, suite if suite:
            return f"du {suite}"
        case "Les", _, suite if suite:
            return f"des {suite}"
        case _:
            lettre = unicodedata.normalize("NFD", nom)[:1].lower()
            return f"d'{nom}" if lettre and lettre in _VOYELLES else f"de {nom}"


def surtitre(commune: Ligne, nom: Texte, au: date) -> str:
    """« Commune de Valmarin (VD) · état au 24.11.2026 » ; ``nom`` est déjà épuré et borné."""
    canton = abreger(lire_un_fait(commune, "canton"), 20)
    lieu = f"{nom} ({canton})" if canton else nom
    return f"Commune {de_commune(lieu)} · état au {jour(au)}"


def origine(ligne: Ligne) -> str:
    """Où relire une ligne dans le classeur : « Outils, ligne 12 »."""
    return f"{epurer(ligne.lieu.feuille)}, ligne {ligne.numero}"


def executif(commune: Ligne) -> str:
    """Le mot de la commune pour son exécutif, sans article ; « exécutif » s'il manque."""
    return abreger(lire_un_fait(commune, "executif_nom", sinon="exécutif"), _MOT)


def deliberant(commune: Ligne) -> str:
    """Le mot de la commune pour l'organe qui vote le budget, sans article ; « organe délibérant »
    s'il manque."""
    return abreger(sans_article(lire_un_fait(commune, "deliberant_nom")), _MOT) or _DELIBERANT


def executif_sujet(commune: Ligne) -> str:
    """L'exécutif en tête de phrase : « La Municipalité », « Le Conseil communal »."""
    return majuscule(_appeler(commune).executif)


def de_executif(commune: Ligne) -> str:
    """L'exécutif, complément : « de la Municipalité », « du Conseil communal »."""
    return _appeler(commune).de_executif


def l_executif(commune: Ligne) -> str:
    """L'exécutif dans une phrase : « la Municipalité », « le Conseil communal »."""
    return _appeler(commune).executif


def _appeler(commune: Ligne) -> Appellation:
    return appeler(abreger(lire_un_fait(commune, "executif_nom"), _MOT))


def majuscule(phrase: Texte) -> str:
    """La phrase, sa première lettre en majuscule."""
    return phrase[:1].upper() + phrase[1:]


def compter(valeur: int, singulier: str, pluriel: str | None = None) -> str:
    """« 1 outil », « 3 outils », « 0 outil »."""
    mot = singulier if valeur < 2 else pluriel or f"{singulier}s"
    return f"{nombre(valeur)} {mot}"


def dont(valeur: int, aucun: str, singulier: str, pluriel: str | None = None) -> str:
    """La part d'un tout : « dont 2 durables », ou, s'il n'y en a pas, ``aucun`` : « aucune
    durable »."""
    return f"dont {compter(valeur, singulier, pluriel)}" if valeur else aucun


def sur(mesure: Mesure) -> str:
    """« 3 sur 7 », ou le nombre seul s'il n'a pas de base. Jamais un pour-cent."""
    if mesure.sur is None:
        return nombre(mesure.valeur)
    return f"{nombre(mesure.valeur)} sur {nombre(mesure.sur)}"


def chiffrer_un_cout(cout: float, *, par_an: bool) -> str:
    """« 1'450.– une fois », « 3'600.– par an »."""
    return f"{montant(cout)} {_PAR_AN if par_an else _UNE_FOIS}"


def abreger(texte: Texte, longueur: int) -> str:
    """Le texte, coupé entre deux mots à ``longueur`` signes."""
    if len(texte) <= longueur:
        return texte
    debut = texte[:longueur].rsplit(" ", 1)[0].rstrip(" ,;:.")
    return f"{debut[:longueur]}…"


def dire(delai: Delai) -> str:
    """« 20 min », « 3 h 30 », « 2 jours », « le jour même » ; jamais un délai inventé."""
    if delai.minutes is not None:
        return _dire_minutes(delai.minutes)
    if delai.jours is None:
        return "non inscrit"
    if delai.jours < 0:
        return "dates à vérifier"
    return "le jour même" if delai.jours == 0 else compter(delai.jours, "jour")


MANQUE, PAS_DEMANDE, TARD = "manque", "pas demandé", "tard"


def dire_le_referent(incident: Incident) -> str:
    """Le délai du référent : « 20 min », « 3 jours, tard », ou « manque »."""
    return _dire_un_delai(incident.referent, MANQUE, est_tardif=incident.referent_tarde)


def dire_l_executif(incident: Incident) -> str:
    """Le délai de l'exécutif, ou « manque » ; « pas demandé » si l'incident n'a rien touché."""
    sinon = MANQUE if incident.executif_demande else PAS_DEMANDE
    return _dire_un_delai(incident.executif, sinon, est_tardif=incident.executif_tarde)


def _dire_un_delai(delai: Delai, sinon: str, *, est_tardif: bool) -> str:
    if delai.minutes is None and delai.jours is None:
        return sinon
    return f"{dire(delai)}, {TARD}" if est_tardif else dire(delai)


def _dire_minutes(minutes: int) -> str:
    if minutes < 0:
        return "dates à vérifier"
    if minutes < 60:
        return f"{minutes} min"
    if minutes >= 72 * 60:
        return compter(minutes // 1440, "jour")
    heures, reste = divmod(minutes, 60)
    return f"{heures} h {reste:02}" if reste else f"{heures} h"
