r"""Un numéro de téléphone entier : suisse, étranger, ou un numéro court annoncé comme tel.

Au sol : n'importe rien de la maison que ses textes. Un numéro court (117, 143) n'en est un que seul
ou derrière un mot qui l'annonce : « bureau 143 » et « voir contrat 117 » sont des lieux.

>>> est_un_telephone("032 555 01 01"), est_un_telephone("tél. 117"), est_un_telephone("bureau 143")
(True, True, False)
>>> est_un_telephone("032\u2011555\u201101\u201101"), zero_voulu("O32 555 O1 01")
(True, '032 555 01 01')

Source, pour les longueurs : https://www.bakom.admin.ch (plan de numérotation, dix chiffres).
"""

from __future__ import annotations

import re

from pilotage_xlsx.socle.textes import Texte, cle_large, normaliser, redresser_les_tirets

_NUMERO = r"\+?\d[\d\s./()'’-]*"
_COURT = r"(?P<avant>[^\d]{0,40})(?P<numero>1\d{2,3})(?P<apres>[^\d]{0,40})"
_ANNONCES = frozenset(
    {"tel", "telephone", "no", "numero", "appeler", "composer", "urgence", "urgences", "police"}
    | {"pompiers", "feu", "ambulance", "sanitaire", "secours", "rega", "hotline", "helpdesk"}
    | {"support", "depannage", "piquet", "le", "au", "natel"}
)


def est_un_telephone(texte: Texte) -> bool:
    """Vrai si le texte contient au moins un numéro entier, suisse, étranger ou d'urgence."""
    net = redresser_les_tirets(texte)
    morceaux = [net, *re.split(r"[/;,\n]|\bou\b", net)]
    return any(map(_a_un_numero_long, morceaux)) or any(map(_est_court, morceaux[1:]))


def _a_un_numero_long(morceau: Texte) -> bool:
    return any(_est_entier(trouve[0]) for trouve in re.finditer(_NUMERO, morceau))


def _est_entier(numero: str) -> bool:
    net = re.sub(r"\(0\)|[^\d+]", "", numero)
    est_etranger = net.startswith(("+", "00"))
    chiffres = net.lstrip("+").removeprefix("00" if est_etranger and net[0] == "0" else "")
    if est_etranger:
        return len(chiffres) == 11 if chiffres.startswith("41") else 8 <= len(chiffres) <= 15
    return len(chiffres) == 10 and chiffres.startswith("0")


def _est_court(morceau: Texte) -> bool:
    """Vrai de « 117 », « Police 117 », « 117 (police) » ; faux de « bureau 143 »."""
    trouve = re.fullmatch(_COURT, normaliser(morceau))
    if trouve is None:
        return False
    mots = re.split(r"[\s.:'’°()-]+", re.sub(r"\([^()]{0,60}\)", "", trouve["avant"]))
    return all(cle_large(mot) in _ANNONCES for mot in mots if cle_large(mot))


def zero_voulu(texte: Texte) -> str | None:
    """Le même numéro, la lettre O qu'on y a tapée devenue un zéro ; rien s'il n'en devient pas un
    entier."""
    net = redresser_les_tirets(normaliser(texte))
    if len(net) > 40 or not re.fullmatch(r"[\d\s+./()'’Oo-]+", net):
        return None
    voulu = re.sub(r"[Oo]", "0", net)
    return voulu if voulu != net and est_un_telephone(voulu) else None
