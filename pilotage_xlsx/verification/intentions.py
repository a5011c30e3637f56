"""Ce qu'une saisie voulait sans doute dire : un renvoi, une réponse remise, une date à peine gâtée.

Pur : des textes, et rien d'autre. Rien ici ne change une valeur : le contrôle propose, la personne
choisit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from datetime import date

from pilotage_xlsx.modele import SEPARATEUR
from pilotage_xlsx.registre.genres import afficher, lire_nombre
from pilotage_xlsx.socle.dates import depuis_texte, le_jour
from pilotage_xlsx.socle.ide import a_un_bon_chiffre_de_controle
from pilotage_xlsx.socle.textes import (
    LONGUEUR_D_UN_NOM,
    LONGUEUR_D_UN_NOMBRE,
    Texte,
    cle_large,
    normaliser,
    retenir,
)

_LONGUEUR_D_UN_AVEU = 30
_RENVOIS = frozenset(
    {"idem", "id", "dito", "ditto", "memechose", "pareil", "voircidessus", "voirplushaut"}
    | {"cidessus", "cfcidessus", "commecidessus", "voirlignecidessus", "idemcidessus"}
    | {"commeplushaut", "voirlignedudessus", "memequecidessus"}
)
_GUILLEMETS_SEULS = r"[\"“”«»'’´`]{1,4}"
_ATTENTES = frozenset(
    {"acompleter", "arenseigner", "adefinir", "avoir", "averifier", "apreciser", "ademander"}
    | {"aremplir", "afaire", "tbd", "todo", "xxx", "xx", "avenir", "asuivre"}
)
_IGNORANCES = frozenset(
    {"nsp", "nesaitpas", "jenesaispas", "onnesaitpas", "inconnu", "inconnue", "pasconnu", "encours"}
)
_SIGNES_SEULS = r"[\s?…._/*-]{1,8}|[–—]"
_SANS_OBJET = frozenset(
    {"na", "so", "sansobjet", "neant", "rien", "aucun", "aucune", "nonapplicable", "nonconcerne"}
)
_TIRETS = frozenset("-–—/")
_OUI = frozenset({"o", "yes", "y", "ja", "j", "si", "vrai", "true", "x", "1", "✓", "✔"})
_NON = frozenset({"n", "no", "nein", "faux", "false", "0"})

_DATE_DANS_UN_TEXTE = (
    r"(?<!\d)(?:\d{1,2}[./\-]\d{1,2}[./\-]\d{4}|\d{4}-\d{1,2}-\d{1,2}"
    r"|\d{1,2}(?:er)? [a-zûéèA-Z]{3,9}\.? \d{4})(?!\d)"
)
_DATE_A_D_AUTRES_SIGNES = r"(\d{1,2})[\s,.]+(\d{1,2})[\s,.]+(\d{4})"
_VAGUE = (
    r"(?:(?:env|environ|vers|dès|depuis|en|ca|circa|début|courant|année|l'année)\b\.?\s*|~\s*)?"
)
_SANS_JOUR = (
    rf"{_VAGUE}(?P<a>(?:19|20)\d\d)\s*\??",
    rf"{_VAGUE}(?P<m>0?[1-9]|1[0-2])[./\-](?P<a>(?:19|20)\d\d)",
    r"(?P<a>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])",
)
_MOIS_ET_ANNEE = rf"{_VAGUE}(?P<mois>[a-zûé]{{3,9}})\.? (?P<a>\d{{4}})"
_NOMBRE_DANS_UN_TEXTE = (
    rf"(?<![\w.,])\d(?:[\d'’`´\s]{{0,{LONGUEUR_D_UN_NOMBRE}}}\d)?(?:[.,]\d{{1,2}})?(?![.,]?\w)"
)
_A_DEUX_SEPARATEURS = r"(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)([.,])(\d{1,2})"
_PAR_MOIS = r"(?i)\b(?:mois|mensuel|trimestre|semestre|semaine)|/\s*m\b"
_GRATUIT = frozenset({"gratuit", "gratuite", "offert", "aucuncout", "sansfrais"})


@retenir(5_000)
def est_un_renvoi(texte: Texte) -> bool:
    """Vrai pour « idem », « voir ci-dessus » ou des guillemets seuls."""
    net = texte.strip()
    return bool(re.fullmatch(_GUILLEMETS_SEULS, net)) or _dit(net, _RENVOIS)


@retenir(5_000)
def est_en_attente(texte: Texte) -> bool:
    """Vrai pour « ? », « … », « à compléter » : la réponse viendra."""
    net = texte.strip()
    if len(net) > _LONGUEUR_D_UN_AVEU:
        return False
    return bool(re.fullmatch(_SIGNES_SEULS, net)) or _dit(net, _ATTENTES)


def est_ignore(texte: Texte) -> bool:
    """Vrai aussi pour « ne sait pas », « inconnu » : dans un texte libre, c'est une réponse."""
    return est_en_attente(texte) or _dit(texte.strip(), _IGNORANCES)


def est_sans_objet(texte: Texte) -> bool:
    """Vrai pour « n/a », « - », « néant » : il n'y a rien à répondre."""
    net = texte.strip()
    return net in _TIRETS or _dit(net, _SANS_OBJET)


def _dit(net: Texte, formes: Set[str]) -> bool:
    """Vrai si ce texte, assez court pour cela, a l'une de ces formes."""
    return len(net) <= LONGUEUR_D_UN_NOM and cle_large(net) in formes


def oui_ou_non(texte: Texte) -> str | None:
    """« Oui » ou « Non », pour ce qui le dit autrement."""
    forme = texte.strip().casefold().rstrip(".")
    if forme in _OUI:
        return "oui"
    return "non" if forme in _NON else None


def date_sans_jour(brut: Texte) -> date | None:
    """Le premier jour de ce que dit « 2019 », « env. 2019 » ou « mars 2026 » ; rien sinon."""
    net = normaliser(brut)
    for forme in _SANS_JOUR:
        if trouve := re.fullmatch(forme, net, re.IGNORECASE):
            parties = trouve.groupdict()
            return _vraisemblable(date(int(parties["a"]), int(parties.get("m") or 1), 1))
    if trouve := re.fullmatch(_MOIS_ET_ANNEE, net, re.IGNORECASE):
        jour = depuis_texte(f"1 {trouve['mois']} {trouve['a']}")
        return None if jour is None else le_jour(jour)
    return None


def _vraisemblable(jour: date) -> date | None:
    lu = depuis_texte(f"{jour:%d.%m.%Y}")
    return None if lu is None else le_jour(lu)


def dates_citees(brut: Texte) -> tuple[str, ...]:
    """Les dates entières qui se trouvent dans un texte, telles qu'on les récrit : JJ.MM.AAAA."""
    net = normaliser(brut)
    lues = [depuis_texte(trouve[0]) for trouve in re.finditer(_DATE_DANS_UN_TEXTE, net)]
    if not lues:
        lues = [date_a_d_autres_signes(brut)]
    return tuple(dict.fromkeys(f"{le_jour(jour):%d.%m.%Y}" for jour in lues if jour))


def date_a_d_autres_signes(brut: Texte) -> date | None:
    """La date qu'est tout le texte, à ses signes près : « 12 03 2026 » ; rien sinon."""
    trouve = re.fullmatch(_DATE_A_D_AUTRES_SIGNES, normaliser(brut).strip(". "))
    jour = depuis_texte(".".join(trouve.groups())) if trouve else None
    return None if jour is None else le_jour(jour)


def nombre_autrement_ecrit(brut: Texte) -> float | None:
    """Le nombre qu'est tout le texte : « gratuit », « 1.234,50 » ; rien s'il dit autre chose."""
    if _dit(brut.strip(), _GRATUIT):
        return 0.0
    gros = re.fullmatch(_A_DEUX_SEPARATEURS, brut.strip())
    if gros is None or gros[2] == gros[3]:
        return None
    return float(f"{re.sub('[.,]', '', gros[1])}.{gros[4]}")


def nombres_cites(brut: Texte) -> tuple[str, ...]:
    """Les nombres d'un texte, tels qu'on les récrit ; « 1.234,50 » est 1'234.50."""
    if (entier := nombre_autrement_ecrit(brut)) is not None:
        return (afficher(entier),)
    trouves = (lire_nombre(trouve[0]) for trouve in re.finditer(_NOMBRE_DANS_UN_TEXTE, brut))
    return tuple(dict.fromkeys(afficher(nombre) for nombre in trouves if nombre is not None))


def est_par_mois(brut: Texte) -> bool:
    """Vrai si le montant n'est pas celui d'une année."""
    return bool(re.search(_PAR_MOIS, brut))


def est_sans_tva(brut: Texte) -> bool:
    """Vrai si le montant dit que la TVA s'y ajoute."""
    return bool(re.search(r"(?i)\b(?:ht|hors\s+tva|sans\s+tva)\b|\+\s*tva", brut))


def est_un_jour_impossible(brut: Texte) -> bool:
    """Vrai pour « 31.02.2026 » : la forme d'une date, mais aucun jour du calendrier."""
    net = normaliser(brut)
    return bool(re.fullmatch(_DATE_DANS_UN_TEXTE, net)) and depuis_texte(net) is None


def telephone_probable(brut: Texte) -> str | None:
    """Le numéro suisse dont le tableur a effacé le zéro du début."""
    chiffres = re.sub(r"[\s./'’-]", "", brut)
    if not re.fullmatch(r"[2-9]\d{8}", chiffres):
        return None
    return f"0{chiffres[:2]} {chiffres[2:5]} {chiffres[5:7]} {chiffres[7:]}"


def courriel_probable(brut: Texte) -> str | None:
    """L'adresse sans ses espaces, ses accents, son « (at) » ni sa virgule ; rien sans « @ »."""
    net = re.sub(r"(?i)\(at\)|\[at\]|\(arobase\)|\bat\b", "@", brut)
    net = re.sub(r"\s+", "", net).strip(".;,<>")
    nom, arobase, domaine = net.partition("@")
    sans_accents = unicodedata.normalize("NFKD", nom).encode("ascii", "ignore").decode()
    probable = f"{sans_accents}@{domaine.replace(',', '.')}"
    return probable if arobase and sans_accents and probable != brut else None


def ide_probable(brut: Texte) -> str | None:
    """L'IDE que disent neuf chiffres au contrôle juste, quels que soient les signes autour."""
    chiffres = re.sub(r"\D", "", brut)
    if not a_un_bon_chiffre_de_controle(chiffres):
        return None
    return f"CHE-{chiffres[:3]}.{chiffres[3:6]}.{chiffres[6:]}"


def morceaux(brut: Texte) -> tuple[str, ...]:
    """Les réponses qu'une cellule semble réunir : « A / B », « A, B », « A et B »."""
    net = normaliser(brut.replace("\n", SEPARATEUR))
    parties = re.split(r" ?[;,/+&] ?| et | ou ", net)
    return tuple(normaliser(partie) for partie in parties if partie.strip())
