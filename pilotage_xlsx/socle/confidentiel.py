"""Ce qui ne doit sortir nulle part : numéros AVS et mots de passe écrits dans un texte libre.

`masquer` les remplace ; une fausse alerte étant la pire faute, un mot de passe ne se reconnaît
qu'à une annonce claire (« mdp : … ») suivie d'un mot qui a l'air d'un secret. Le chiffre de
contrôle est calculé ici : python-stdnum le fait aussi, mais son chargement double la durée d'un
contrôle ; les tests s'en servent d'oracle.

>>> masquer("AVS 756.9217.0769.85, mdp : Lac2026!")
'AVS 756.••••.••••.••, mdp : ••••••'
>>> a_un_numero_avs("756.9217.0769.84")
False
>>> masquer("Mot de passe : voir le coffre")
'Mot de passe : voir le coffre'

Source du contrôle : EAN-13 (ISO/IEC 15420).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pilotage_xlsx.socle.longueur import SIGNES_CITES, abreger
from pilotage_xlsx.socle.textes import Texte, retenir

_MARGE = 20
"""Combien de fois ce qui s'en cite se lit d'un texte : un secret s'y reconnaît entier."""

# Des textes, que re ne compile qu'au premier indice : rare, et deux millisecondes de gagnées.
_AVS = (
    r"(?<![\d.])(?:756[\s.\-]{0,2}\d{4}[\s.\-]{0,2}\d{4}[\s.\-]{0,2}\d{2}"
    r"|7['’]56\d(?:['’]\d{3}){3})(?!\d)"
)
"""Le second est un numéro tapé comme un nombre, montré avec ses milliers : 7'569'217'076'985."""
_ANNONCE = (
    r"(?i)\b(?:mots?\s+de\s+passe|mdp|password|passwort|passwd|pwd"
    r"|code\s+(?:d['’]\s*accès|pin|wifi))\b[^\S\n]*+"
    r"(?:\([^)\n]{0,30}\)|(?:du|de\s+la|de|pour)\s+\w{1,20})?[^\S\n]*+"
    r"(?P<lien>[:=]|est\b|)[^\S\n]*+[«\"“'‹]?[^\S\n]*+(?P<secret>[^\s«»\"“”‹›]{2,})"
)
"""Ce qui s'écrit « *+ » ne rend rien de ce qu'il a pris : mille blancs ne se partagent pas."""
_GESTION = (
    r"(?i)(?:gestion|coffre|politique|règle|changement|longueur|durée|oubli|réinitialis)[\w·]*"
    r"(?:\s+(?:des?|du|les?|à|aux?|d'))*+\s*"
)
_DATE = r"\d{1,4}[./\-]\d{1,2}[./\-]\d{2,4}"
_QUANTITE = r"(?i)\s+(?:caract|signe|lettre|chiffre|mois|jour|an\b|ans\b|fois|sem|min)"
_FIN = r"\s*(?:$|[\n,;.)\]»\"”(])"
_INDICES = ("pass", "mdp", "pwd", "code")
_AVS_MASQUE = "756.••••.••••.••"
_SECRET_MASQUE = "••••••"
_ANODINS = frozenset(
    {"voir", "aucun", "aucune", "inconnu", "inconnue", "perdu", "secret", "personnel", "privé"}
    | {"non", "oui", "néant", "idem", "coffre", "requis", "exigé", "obligatoire", "facultatif"}
    | {"sans", "ok", "fort", "faible", "unique", "provisoire", "partagé", "individuel"}
    | {"keepass", "bitwarden", "secrétariat", "référent"}
)


class Secret(NamedTuple):
    """Un passage à masquer : de ``debut`` à ``fin`` dans le texte, et ce qui le remplace."""

    debut: int
    fin: int
    masque: str


@retenir(10_000)
def masquer(texte: Texte) -> str:
    """Le texte, numéros AVS et mots de passe remplacés ; le masquer deux fois ne change rien."""
    if not est_suspect(texte):
        return texte
    secrets = [*_mots_de_passe(texte), *_numeros_avs(texte)]
    morceaux, repris = list[str](), 0
    for debut, fin, masque in sorted(secrets, key=lambda secret: secret.debut):
        if debut >= repris:
            morceaux += texte[repris:debut], masque
        repris = max(repris, fin)
    return "".join([*morceaux, texte[repris:]])


def extraire(texte: Texte, signes: int = SIGNES_CITES) -> str:
    """Ce qui se cite d'un texte, en ``signes`` au plus : son début, secrets masqués.

    Masquer d'abord : coupé en deux, un secret ne se reconnaîtrait plus. Ce qui est loin après la
    coupe n'y change rien, et ne se lit pas.
    """
    return abreger(masquer(texte[: _MARGE * signes]), signes)


def est_suspect(texte: Texte) -> bool:
    """Faux si le texte n'a à coup sûr aucun secret : un tamis rapide pour beaucoup de textes."""
    return _a_un_756(texte) or _parle_d_un_acces(texte)


def _a_un_756(texte: Texte) -> bool:
    return "756" in texte or "7'56" in texte or "7’56" in texte


def a_un_numero_avs(texte: Texte) -> bool:
    """Vrai si le texte contient un numéro AVS au chiffre de contrôle juste."""
    return any(True for _ in _numeros_avs(texte))


def est_un_numero_avs(nombre: str) -> bool:
    """Vrai pour treize chiffres d'affilée qui en sont un : ce qu'un tableur garde comme nombre."""
    chiffres = nombre.removesuffix(".0")
    est_long = len(chiffres) == 13 and chiffres.startswith("756") and chiffres.isdecimal()
    return est_long and _est_juste(chiffres)


@retenir(10_000)
def a_un_mot_de_passe(texte: Texte) -> bool:
    """Vrai si le texte donne un mot de passe, et pas seulement s'il en parle."""
    return any(True for _ in _mots_de_passe(texte))


def _numeros_avs(texte: Texte) -> Iterator[Secret]:
    if not _a_un_756(texte):
        return
    for trouve in re.finditer(_AVS, texte):
        if _est_juste(re.sub(r"\D", "", trouve[0])):
            yield Secret(trouve.start(), trouve.end(), _AVS_MASQUE)


def _est_juste(chiffres: str) -> bool:
    """Le contrôle EAN-13 : les rangs pairs comptent triple, la somme finit par zéro."""
    somme = sum(int(chiffre) * (3 if rang % 2 else 1) for rang, chiffre in enumerate(chiffres))
    return somme % 10 == 0


def _mots_de_passe(texte: Texte) -> Iterator[Secret]:
    if not _parle_d_un_acces(texte):
        return
    sujets = {trouve.end() for trouve in re.finditer(_GESTION, texte)}
    for trouve in re.finditer(_ANNONCE, texte):
        mot, debut = trouve["secret"].rstrip(".,;:)]"), trouve.start("secret")
        fin = debut + len(mot)
        est_un_sujet = trouve.start() in sujets
        if not est_un_sujet and _est_secret(mot, trouve, fin):
            yield Secret(debut, fin, _SECRET_MASQUE)


def _parle_d_un_acces(texte: Texte) -> bool:
    minuscules = texte.lower()
    return any(indice in minuscules for indice in _INDICES)


def _est_secret(mot: str, annonce: re.Match[str], fin: int) -> bool:
    """Vrai si le mot a l'air d'un secret : chiffres, signes, ou seul après les deux points.

    ``fin`` est celle du mot dans le texte de l'annonce : ce qui le suit compte aussi.
    """
    est_une_quantite = re.compile(_QUANTITE).match(annonce.string, fin)
    if not re.search(r"\w", mot) or re.fullmatch(_DATE, mot) or est_une_quantite:
        return False
    if mot.casefold() in _ANODINS:
        return False
    a_chiffre, a_lettre = bool(re.search(r"\d", mot)), bool(re.search(r"[^\W\d_]", mot))
    if annonce["lien"] not in (":", "="):
        return a_chiffre and a_lettre and len(mot) >= 5
    if a_chiffre or re.search(r"[!@#$%&*+=?_]|[a-z][A-Z]", mot):
        return a_lettre or len(mot) >= 4
    est_seul = re.compile(_FIN).match(annonce.string, fin)
    est_un_verbe = re.search(r"(?:é|ée|és|ées|er|ir)$", mot)
    est_pluriel = annonce[0][:4].lower() == "mots"
    return bool(est_seul) and not est_un_verbe and not est_pluriel
