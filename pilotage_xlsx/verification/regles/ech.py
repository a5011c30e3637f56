"""ECH : ce qui pourrait se partager avec d'autres communes ne s'oublie pas."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.metier.attente import suites_cachees
from pilotage_xlsx.metier.constats import Gravite
from pilotage_xlsx.metier.executif import nommer
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import SOLUTION_POSSIBLE
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.dates import ajouter_mois
from pilotage_xlsx.verification.phrases import accorder
from pilotage_xlsx.verification.regle import Fait, regle, sur

_A_PROPOSER = Marque("echanges", "suite", "a_proposer")


@regle(
    "ECH-001",
    Gravite.ATTENTION,
    "3.2",
    message="L'échange {nom} parle d'une solution à partager ; {delai} après, {etat}.",
    pourquoi="Une occasion de partager un outil se perd si personne ne la propose.",
    corriger="Choisir une « Suite », par exemple « À proposer à l'exécutif » ou « Sans suite ».",
    doute=(
        "L'idée n'intéresse pas la commune.",
        "« Sans suite » l'écarte, comme tout lien ou toute suite.",
    ),
)
def mutualisation_sans_suite(liens: Liens) -> Iterator[Fait]:
    mois = liens.modele.identite.seuils.echange_sans_suite_mois
    for echange in liens.en_vigueur("echanges"):
        jour = echange.date("date")
        est_possible = liens.est(echange, SOLUTION_POSSIBLE)
        if jour is None or ajouter_mois(jour, mois) >= liens.au:
            continue
        if est_possible and not liens.est_suivie(echange):
            yield from _sans_suite(liens, echange, accorder((liens.au - jour).days, "jour"))


def _sans_suite(liens: Liens, echange: Ligne, delai: str) -> Iterator[Fait]:
    """Muet, ou encore à proposer à l'exécutif."""
    est_muet = all(echange.lieu.a(nom) and echange[nom] is None for nom in ("suite", "lien"))
    attend = suites_cachees(liens)
    if est_muet:
        yield sur(echange, "suite", attend=attend, delai=delai, etat="rien n'a suivi")
    elif liens.est(echange, _A_PROPOSER):
        executif = nommer(liens.registre.commune.texte("executif_nom")).de_executif
        remede = f"La porter à une séance {executif}, ou choisir « Sans suite »."
        etat = f"elle est encore « {echange['suite']} »"
        yield sur(echange, "suite", attend=attend, delai=delai, etat=etat, corriger=remede)
