"""Ce qu'une cellule fautive cache peut-être : la réponse que l'on croit manquer.

Une décision dont l'outil n'est pas écrit peut concerner n'importe quel outil, sauf si son texte en
nomme d'autres ; une suite introuvable, n'importe quel incident. Tant que la cellule n'est pas
remplie, dire « aucune décision » serait peut-être faux : le constat attend, et dit cette cellule.

>>> from tests.metier.tables import lier, ligne
>>> liens = lier('''
... outils    | nom
...           | GED
...           | Eau
... decisions | numero | outil | decision             | statut
...           | D-1    |       | Renouveler notre GED | Validée
...           | D-2    |       | Acheter du papier    | Refusée
... ''')
>>> [len(cachent(liens, ligne(liens, "outils", nom))) for nom in ("GED", "Eau")]
[1, 0]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.memoire import une_fois
from pilotage_xlsx.modele.sens import ECARTEE
from pilotage_xlsx.registre import Emplacement, Ligne
from pilotage_xlsx.socle.textes import LONGUEUR_D_UN_NOM, Texte, cle

Repond = Callable[[Ligne], bool]
"""Si une décision, prise pour celle de l'outil, répondrait à ce que le constat demande."""

_DECISIONS, _OUTILS = "decisions", "outils"
_QUI_RACONTENT = ("decision", "motif", "proposition", "risques", "remarques")
_NOM_MIN = 3
"""En dessous, un nom se trouve dans n'importe quel texte."""

_LONGUEUR_LUE = 2_000
_ENTRE_MOTS = r"[\W_]+"


def cachent(liens: Liens, outil: Ligne, repond: Repond = lambda _: True) -> tuple[Emplacement, ...]:
    """Les cellules qui, une fois justes, nommeraient peut-être la décision de cet outil."""
    absente = _ce_qui_manque(liens, outil)
    return absente if absente is not None else tuple(_cachent(liens, outil, repond))


def droit_cache(liens: Liens, outil: Ligne) -> tuple[Emplacement, ...]:
    """Ce qui, lisible, dirait peut-être que l'outil vient du canton, ou d'un organisme de droit."""
    prestataire = liens.prestataire(outil)
    cases = [(outil, "prestataire"), (outil, "mutualisation")]
    if prestataire is not None:
        cases.append((prestataire, "contrat"))
    return tuple(
        ligne.emplacement(colonne)
        for ligne, colonne in cases
        if ligne[colonne] is not None and liens.etat.est_fautive(ligne, colonne)
    )


def suites_cachees(liens: Liens) -> tuple[Emplacement, ...]:
    """Les « Fait suite à » fautifs : chacun nommerait peut-être cette ligne."""
    return fautives(liens, _DECISIONS, "suite_de")


def fautives(liens: Liens, registre: str, *colonnes: str) -> tuple[Emplacement, ...]:
    """Les cellules fautives de ces colonnes, si le modèle les a, en vigueur ou non."""
    connues = [colonne for colonne in colonnes if colonne in liens.modele.par_id[registre].par_id]
    return tuple(
        ligne.emplacement(colonne)
        for ligne in liens.etat.lignes(registre)
        for colonne in connues
        if liens.etat.est_fautive(ligne, colonne)
    )


def _ce_qui_manque(liens: Liens, outil: Ligne) -> tuple[Emplacement, ...] | None:
    """La feuille des décisions, si elle ou ses colonnes ont disparu ; rien si tout est là."""
    if not liens.lit_les_decisions:
        lue = liens.registre.feuilles.get(_DECISIONS)
        nom = lue.lieu.feuille if lue else liens.modele.par_id[_DECISIONS].libelle
        return (Emplacement(outil.lieu.fichier, nom, None, None),)
    if not outil.lieu.a("decision_origine"):
        return (Emplacement(outil.lieu.fichier, outil.lieu.feuille, None, None),)
    return None


def _cachent(liens: Liens, outil: Ligne, repond: Repond) -> Iterator[Emplacement]:
    if liens.etat.est_fautive(outil, "decision_origine"):
        yield outil.emplacement("decision_origine")
    for decision, cites in _sans_outil(liens).items():
        if (not cites or outil in cites) and repond(decision):
            yield decision.emplacement("outil")
    for decision in liens.decisions_sur(outil):
        if liens.etat.est_fautive(decision, "statut") and repond(decision):
            yield decision.emplacement("statut")


@une_fois
def _sans_outil(liens: Liens) -> Mapping[Ligne, frozenset[Ligne]]:
    """Les décisions vivantes qui ne disent pas leur outil, et ceux que leur texte nomme."""
    vivantes = [d for d in liens.decisions if not liens.est(d, ECARTEE)]
    muettes = [d for d in vivantes if liens.etat.est_fautive(d, "outil")]
    libres = {
        d: tuple(n for n in d.textes("outil") if not _est_inscrit(liens, n)) for d in vivantes
    }
    return {
        **{decision: _nommes(liens, _raconter(decision)) for decision in muettes},
        **{
            decision: nommes
            for decision, noms in libres.items()
            if noms and (nommes := _nommes(liens, "\n".join(noms)))
        },
    }


def _est_inscrit(liens: Liens, nom: Texte) -> bool:
    return liens.etat.trouver(_OUTILS, nom) is not None


def _raconter(decision: Ligne) -> str:
    return "\n".join((decision.texte(colonne) or "")[:_LONGUEUR_LUE] for colonne in _QUI_RACONTENT)


def _nommes(liens: Liens, texte: Texte) -> frozenset[Ligne]:
    """Les outils dont le nom entier se trouve dans ce texte, mot pour mot."""
    mots = _en_mots(texte)
    if not mots.strip():
        return frozenset()
    return frozenset(outil for nom, outil in _noms_en_mots(liens) if nom in mots)


@une_fois
def _noms_en_mots(liens: Liens) -> tuple[tuple[str, Ligne], ...]:
    return tuple(
        (_en_mots(nom), outil)
        for nom, outil in liens.etat.par_cle[_OUTILS].items()
        if _NOM_MIN <= len(nom) <= LONGUEUR_D_UN_NOM
    )


def _en_mots(texte: Texte) -> str:
    """« , l'e-mail ; » devient «  l e mail  » : des mots, une espace entre eux et en bord."""
    return f" {re.sub(_ENTRE_MOTS, ' ', cle(texte)).strip()} "
