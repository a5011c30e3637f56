r"""Ce qu'un texte ne doit pas laisser sortir : une personne, une adresse, un secret.

>>> from tests.tableaux import registre
>>> discretion = Discretion(registre("commune | referent_nom\n | Anne Favre"))
>>> [discretion.nomme(nom) for nom in ("Poste d'Anne Favre", "Messagerie", "anne@valmarin.example")]
[True, False, True]
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from pilotage_xlsx.metier.prenoms import PRENOMS
from pilotage_xlsx.metier.regroupement.vocabulaire import FORMES_JURIDIQUES, MOTS_DE_METIER
from pilotage_xlsx.registre import Ligne, Registre
from pilotage_xlsx.registre.rapprochement import mots, sans_forme_juridique
from pilotage_xlsx.socle.confidentiel import masquer
from pilotage_xlsx.socle.motifs import motif
from pilotage_xlsx.socle.textes import Texte, cle

_SOIGNES = ("referent_nom", "suppleant_nom")
"""Un seul mot de ces noms suffit à les reconnaître dans un nom d'outil."""

_PERSONNES = (
    ("outils", "responsable"),
    ("prestataires", "contact"),
    ("incidents", "annonce_par"),
    ("signalements", "annonce_par"),
)
_ASSEZ_LONG = 5
_UNE_ANNEE = r"(?:19|20)\d\d(?!\d)"
_UNE_DATE = rf"\d{{1,2}}[./]\d{{1,2}}[./](?:{_UNE_ANNEE}|\d\d(?!\d))"
_ANNEE = motif(rf"(?<!\d){_UNE_ANNEE}")
_CHIFFRE_OU_CHEMIN = motif(r"\d|[/\\]\w")
_CHEMIN = motif(r"[/\\]\w")
_ENTRE_PERSONNES = motif(r"[,;/(\n:|–—\d+]| et | - ")
_CIVILITES = frozenset({"m", "mme", "mlle", "mr", "monsieur", "madame", "mademoiselle", "herr"})
_ANNONCES = (
    r"(?:cl[ée]s?\s++(?:api|wi-?fi|d['’]acc[èe]s|de\s++licence|de\s++produit|secr[èe]te)"
    r"|api[\s_-]?key|tokens?|jetons?|logins?|identifiants?"
    r"|codes?\s++(?:wi-?fi|wlan|d['’]\w++|alarme|pin)|admin\w*+\s*+(?=[:=]))(?![^\W_])"
)
_CODE_DONNE = (
    r"\b(?:codes?\s++(?:wi-?fi|wlan|d['’](?:acc[èe]s|entr[ée]e|alarme)|alarme|pin)|cl[ée]s?\s++wi-?fi)"
    r"\s*+[:=]?\s*+(?:\d(?:[ -]?\d){2}|[^\W\d_]{2,20}\d)"
)
_UN_PRODUIT = r"(?-i:[A-Z])[^\W\d_]{0,20}(?:\d|1[01]|256|365)(?![\w-])|\d{1,3}[eè]mes?\b"
"""« OAuth2 », « Windows11 », « Office365 » : un chiffre, mais pas un secret."""
_UN_SECRET = (
    rf"(?<![^\W_])(?<!-)(?:(?!{_UN_PRODUIT})(?=[\w-]{{0,40}}\d)(?=[\w-]{{0,40}}[^\W\d_])[\w-]{{4}}"
    rf"|(?!{_UNE_ANNEE})(?:\d-?){{3}}\d)"
)
"""Des lettres et des chiffres, ou quatre chiffres qui ne sont pas une année."""
_UN_CLIENT = (
    r"(?:n[°º]|num(?:[ée]ros?)?(?!\w)\.?)\s*[\w-]*\d|no\.?(?=[\s\d])\s*[\w-]*\d\d"
    rf"|:\s*(?![a-z]?365\b|{_UNE_ANNEE})[\w-]*\d"
    rf"|[a-z]{{1,4}}-\d{{3}}|[a-z]{{0,4}}(?!{_UNE_ANNEE})\d{{4}}|(?!365\b)\d{{3}}\b"
)
_SIGNES_D_UNE_PERSONNE = tuple(
    motif(signe)
    for signe in (
        r"@|\w\s?[(\[]\s?(?:at|arobase)\s?[)\]]\s?\w|\w arobase \w",
        rf"(?<![\d\s./()’'-])[\s./()’'-]*"
        rf"(?!(?:{_UNE_ANNEE}(?:\s?[-/]\s?{_UNE_ANNEE})?|{_UNE_DATE}(?:\s?-\s?{_UNE_DATE})?)"
        r"(?![\s./()’'-]*\d))\d[\d\s./()’'-]{7,}\d",
        r"\b(?:Mme|MME|Mlle|MLLE|M\.|Mr\.?|Monsieur|Madame|Mademoiselle|Herr|Frau|Dre?|DR|Me|Prof\."
        r"|[Ss]ignora?|[Ff]amille)\s+(?!Microsoft|Office|Windows|Adobe)[^\W\d_a-z]\w",
        r"(?<![\w.])[A-Z]\.(?:-[A-Z]\.)?\s[A-Z][^\W\d_A-Z]{2}",
        r"\\\\\w|\b[A-Za-z]:\\\w|[\w-]\.\w{2,20}:\d{2,5}\b",
        r"\b\d{1,4}\s?[a-z]?,\s?(?:CH-)?\d{4}\s[A-Z]|(?i:\bn[ée]e?\sle\s\d)",
        r"(?i)\b(?:pass|pw|pwd)\s?[:=]\s?\S|\bpin\s?:?\s?\d{4}"
        r"|\bcodes?\s(?:d[eu]s?\s(?:la\s)?)?(?:porte|portail|coffre|badge|cl[ée])\s?[:=]?\s?\d{3}",
        rf"(?i)\bclient\s*(?:{_UN_CLIENT})",
        r"(?i)https?://\S{0,300}[?@]",
        rf"(?is)\b{_ANNONCES}.{{0,40}}?{_UN_SECRET}",
        rf"(?i)\b{_ANNONCES}\s*+[:=]\s*+(?!\w{{0,20}}365\b)[^\W\d_][\w-]{{0,40}}\d",
        rf"(?i){_CODE_DONNE}",
        r"\b[A-Z0-9]{4,6}(?:-[A-Z0-9]{4,6}){3,7}\b",
    )
)
"""Une adresse, un numéro (ni des années ni des dates), une civilité ou une initiale suivies d'un
nom, un chemin, un domicile, un n° de client, un lien qui porte des réglages, un code ou une clé
annoncés, une clé de produit."""

_NOM_PROPRE = motif(r"(?<![\w-])[^\W\d_a-z][^\W\d_]{1,20}(?:-[^\W\d_]{2,20})?(?![\w-])")
_SANS_CORPS = {ord(signe): None for signe in "\u00ad\u200b\u200c\u200d\u2060\ufeff"}
"""Des signes qui ne se voient pas : un numéro qui en est semé reste un numéro."""
_PAS_DES_NOMS = frozenset(
    {"commune", "communal", "communale", "secretaire", "secretariat", "municipal", "municipale"}
    | {"greffe", "boursier", "boursiere", "syndic", "maire", "conseiller", "conseillere", "sans"}
)
_COURANTS = (
    _PAS_DES_NOMS
    | MOTS_DE_METIER
    | FORMES_JURIDIQUES
    | {
        "aide",
        "assistance",
        "clients",
        "clientele",
        "direction",
        "exploitation",
        "guichet",
        "ligne",
    }
    | {
        "patron",
        "piquet",
        "preposee",
        "prepose",
        "responsable",
        "technicien",
        "technique",
        "vallee",
    }
    | {"communale", "cantonale", "administration", "ecole", "conciergerie", "habitants", "police"}
)
"""Une fonction ou un service, pas une personne."""

_PAS_UN_VOISIN = _COURANTS | {"saint", "sainte", "st", "ste", "sankt"}
"""Ce qui, à côté d'un prénom, n'en fait pas une personne : « Salle Saint Martin »."""

_INCONNU = "Un outil"
_MOTS_D_UN_NOM = range(2, 5)


class Discretion:
    """Les personnes que nomme un classeur, pour ne pas les laisser sortir par un nom d'outil."""

    def __init__(self, registre: Registre) -> None:
        noms = {suite for suite in _noms_entiers(registre) if _est_une_personne(suite)}
        numeros = sorted(filter(_est_a_taire, _numeros(registre)))
        self._suites = {
            suite[rang:] + suite[:rang] for suite in noms for rang in (0, 1, len(suite) - 1)
        }
        chacun = "|".join(map(_borner, numeros))
        self._numeros = re.compile(f"{chacun}") if numeros else None
        societes = {
            m for une in registre.lignes("prestataires") for m in mots(une.texte("nom") or "")
        }
        self._mots = {
            mot
            for colonne in _SOIGNES
            for mot in mots(_ENTRE_PERSONNES.split(registre.commune.texte(colonne) or "")[0])
            if len(mot) >= 4 and mot not in _PAS_DES_NOMS | societes
        }

    def nommer(self, outil: Ligne) -> str:
        """Le nom de l'outil, secrets masqués ; son domaine si le nom désigne une personne."""
        nom = outil.texte("nom") or ""
        if nom and not self.parle_de_quelqu_un(nom):
            return masquer(nom)
        return outil.texte("domaine") or _INCONNU

    def parle_de_quelqu_un(self, texte: Texte) -> bool:
        """Vrai si ce texte désigne quelqu'un, connu de la commune ou non.

        Un seul mot du référent suffit, si aucun prestataire ne le porte.
        """
        est_cite = self.nomme(texte) or not self._mots.isdisjoint(mots(texte))
        return est_cite or _a_un_prenom_et_un_nom(texte)

    def citer(self, prestataire: Texte) -> str | None:
        """Le prestataire, secrets masqués ; rien s'il porte le nom entier d'une personne citée.

        Une société inscrite comme son propre contact (« Kappa », « Kappa SA ») n'en est pas une.
        """
        nu = sans_forme_juridique(prestataire)
        est_une_societe = nu != prestataire and mots(nu) in self._suites
        return masquer(prestataire) if est_une_societe or not self.nomme(prestataire) else None

    def nomme(self, nom: Texte) -> bool:
        """Vrai si le nom contient le nom entier d'une personne, une adresse, un numéro, un code."""
        if not nom.isascii():
            nom = unicodedata.normalize("NFKC", nom.translate(_SANS_CORPS))
        if any(signe.search(nom) for signe in _SIGNES_D_UNE_PERSONNE):
            return True
        if self._numeros and self._numeros.search(cle(nom)):
            return True
        ses_mots = mots(nom)
        ses_suites = (
            ses_mots[rang : rang + longueur]
            for longueur in _MOTS_D_UN_NOM
            for rang in range(len(ses_mots))
        )
        return not self._suites.isdisjoint(ses_suites)


def _a_un_prenom_et_un_nom(texte: Texte) -> bool:
    """« Luigi Bianchi », « ROY Anne-Marie » : deux noms propres voisins, dont un prénom."""
    if PRENOMS.isdisjoint(mots(texte)):
        return False
    propres = [(trouve.start(), trouve.end(), trouve[0]) for trouve in _NOM_PROPRE.finditer(texte)]
    for (_, fin, un), (debut, _, autre) in pairwise(propres):
        sont_voisins = texte[fin:debut] == " "
        prenoms = [_est_un_prenom(nom) for nom in (un, autre)]
        noms = [not set(mots(nom)) & _PAS_UN_VOISIN for nom in (un, autre)]
        if sont_voisins and any(prenoms) and all(noms):
            return True
    return False


def _est_un_prenom(nom: Texte) -> bool:
    return set(mots(nom)) <= PRENOMS


def _numeros(registre: Registre) -> Iterator[str]:
    """Les n° de client, et où se rangent les dossiers, sauf dans un outil (« Microsoft 365 »)."""
    outils = [cle(outil.texte("nom") or "") for outil in registre.lignes("outils")]
    for ligne in registre.lignes("prestataires"):
        yield cle(ligne.texte("numero_client") or "")
        dossier = cle(ligne.texte("dossier") or "")
        if _CHEMIN.search(dossier) or not any(nom.startswith(dossier) for nom in outils):
            yield dossier


def _est_a_taire(numero: str) -> bool:
    """Vrai pour un numéro ou un chemin ; faux pour des mots (« Serveur »), ou une année."""
    return len(numero) >= _ASSEZ_LONG and bool(_CHIFFRE_OU_CHEMIN.search(_ANNEE.sub("", numero)))


def _borner(numero: str) -> str:
    """De quoi le trouver entier : « 44012 » n'est pas dans « 1440125 »."""
    avant = r"(?<!\w)" if numero[0].isalnum() else ""
    return avant + re.escape(numero) + (r"(?!\w)" if numero[-1].isalnum() else "")


def _noms_entiers(registre: Registre) -> Iterator[tuple[str, ...]]:
    for colonne in _SOIGNES:
        yield mots(_ENTRE_PERSONNES.split(registre.commune.texte(colonne) or "")[0])
    for feuille, colonne in _PERSONNES:
        for ligne in registre.lignes(feuille):
            for part in _ENTRE_PERSONNES.split(ligne.texte(colonne) or ""):
                yield tuple(mot for mot in mots(part) if mot not in _CIVILITES)


def _est_une_personne(suite: tuple[str, ...]) -> bool:
    """Vrai si ces mots peuvent être un prénom et un nom : deux à quatre, aucun n'est courant."""
    return len(suite) in _MOTS_D_UN_NOM and not set(suite) & _COURANTS
