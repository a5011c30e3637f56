"""Ce qui ne doit sortir nulle part : numéros AVS et mots de passe écrits dans un texte libre.

`masquer` les remplace ; une fausse alerte étant la pire faute, un mot de passe ne se reconnaît
qu'à une annonce claire (« mdp : … ») suivie d'un mot qui a l'air d'un secret. Le chiffre de
contrôle est calculé ici : python-stdnum le fait aussi, mais son chargement double la durée d'un
contrôle ; les tests s'en servent d'oracle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_AVS = re.compile(r"(?<![\d.])756[\s.\-]{0,2}\d{4}[\s.\-]{0,2}\d{4}[\s.\-]{0,2}\d{2}(?!\d)")
_AVS_MASQUE = "756.••••.••••.••"
_SECRET_MASQUE = "••••••"

_INDICE = re.compile(r"756|mot|mdp|pass|pwd|code|pin", re.IGNORECASE)
_ANNONCE = re.compile(
    r"\b(?:mots?\s+de\s+passe|mdp|password|passwort|passwd|pwd|code\s+(?:d['’]\s*accès|pin|wifi)"
    r"|pin)\b[^\S\n]*(?:\([^)\n]{0,30}\)|(?:du|de\s+la|de|pour)\s+\w{1,20})?[^\S\n]*"
    r"(?P<lien>[:=]|est\b|)[^\S\n]*[«\"“'‹]?[^\S\n]*(?P<secret>[^\s«»\"“”‹›]{2,})",
    re.IGNORECASE,
)
_GESTION = re.compile(
    r"(?:gestion|coffre|politique|règle|changement|longueur|durée|oubli|réinitialis)[\w·]*"
    r"(?:\s+(?:de|du|des|le|les|à|aux?|d'))*\s*$",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,4}[./\-]\d{1,2}[./\-]\d{2,4}")
_QUANTITE = re.compile(
    r"\s+(?:caract|signe|lettre|chiffre|mois|jour|an\b|ans\b|fois|sem|min)", re.I
)
_FIN = re.compile(r"\s*(?:$|[\n,;.)\]»\"”(])")
_ANODINS = frozenset(
    {"voir", "aucun", "aucune", "inconnu", "inconnue", "perdu", "secret", "personnel", "privé"}
    | {"non", "oui", "néant", "idem", "coffre", "requis", "exigé", "obligatoire", "facultatif"}
    | {"sans", "ok", "fort", "faible", "unique", "provisoire", "partagé", "individuel"}
    | {"keepass", "bitwarden", "secrétariat", "référent"}
)


@dataclass(frozen=True, slots=True)
class Secret:
    """Un passage à masquer : de ``debut`` à ``fin`` dans le texte, et ce qui le remplace."""

    debut: int
    fin: int
    masque: str


def masquer(texte: str) -> str:
    """Le texte, numéros AVS et mots de passe remplacés ; le masquer deux fois ne change rien."""
    for secret in sorted(_secrets(texte), key=lambda secret: -secret.debut):
        texte = texte[: secret.debut] + secret.masque + texte[secret.fin :]
    return texte


def a_un_numero_avs(texte: str) -> bool:
    """Vrai si le texte contient un numéro AVS au chiffre de contrôle juste."""
    return "756" in texte and any(True for _ in _numeros_avs(texte))


def a_un_mot_de_passe(texte: str) -> bool:
    """Vrai si le texte donne un mot de passe, et pas seulement s'il en parle."""
    return _INDICE.search(texte) is not None and any(True for _ in _mots_de_passe(texte))


def _secrets(texte: str) -> Iterator[Secret]:
    if _INDICE.search(texte):
        yield from _numeros_avs(texte)
        yield from _mots_de_passe(texte)


def _numeros_avs(texte: str) -> Iterator[Secret]:
    for trouve in _AVS.finditer(texte):
        if _controle_ean(re.sub(r"\D", "", trouve[0])):
            yield Secret(trouve.start(), trouve.end(), _AVS_MASQUE)


def _controle_ean(chiffres: str) -> bool:
    somme = sum(int(chiffre) * (3 if rang % 2 else 1) for rang, chiffre in enumerate(chiffres))
    return somme % 10 == 0


def _mots_de_passe(texte: str) -> Iterator[Secret]:
    for trouve in _ANNONCE.finditer(texte):
        secret = trouve["secret"].rstrip(".,;:)]")
        debut = trouve.start("secret")
        suite = texte[debut + len(secret) :]
        if _GESTION.search(texte[: trouve.start()]) or not _est_secret(secret, suite, trouve):
            continue
        yield Secret(debut, debut + len(secret), _SECRET_MASQUE)


def _est_secret(mot: str, suite: str, trouve: re.Match[str]) -> bool:
    if not re.search(r"\w", mot) or _DATE.fullmatch(mot) or _QUANTITE.match(suite):
        return False
    if mot.casefold() in _ANODINS:
        return False
    a_chiffre, a_lettre = bool(re.search(r"\d", mot)), bool(re.search(r"[^\W\d_]", mot))
    if trouve["lien"] not in (":", "="):
        return a_chiffre and a_lettre and len(mot) >= 5
    if a_chiffre or re.search(r"[!@#$%&*+=?_]|[a-z][A-Z]", mot):
        return a_lettre or len(mot) >= 4
    est_pluriel = re.match(r"mots\b", trouve[0], re.IGNORECASE)
    est_phrase = re.search(r"(?:é|ée|és|ées|er|ir)$", mot) or not _FIN.match(suite)
    return not est_pluriel and not est_phrase
