"""Un changement en mots, les mêmes à l'écran, dans la page et dans le rapport ; secrets masqués.

>>> from pilotage_xlsx.registre import Lieu
>>> lieu = Lieu("valmarin.xlsx", "outils", "Outils", 5, {})
>>> avant = Ligne(lieu, 6, {"nom": "GED", "cout_annuel": 3000})
>>> apres = Ligne(lieu, 6, {"nom": "GED", "cout_annuel": 3600})
>>> raconter(Changement(NatureDeChangement.COUT, "cout_annuel", avant, apres))
"« GED » : CHF 3'000.– → CHF 3'600.–, soit 20 % de plus"
>>> raconter(Changement(NatureDeChangement.DISPARU, "nom", avant, None))
'« GED » ne figure plus dans la feuille'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pilotage_xlsx.metier.evolution.changements import Changement, NatureDeChangement
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.confidentiel import extraire, masquer
from pilotage_xlsx.socle.longueur import abreger
from pilotage_xlsx.socle.textes import Texte
from pilotage_xlsx.socle.typographie import jour, montant

TITRES: Mapping[NatureDeChangement, str] = {
    NatureDeChangement.APPARU: "Outils mis en service",
    NatureDeChangement.DISPARU: "Outils arrêtés ou disparus",
    NatureDeChangement.RENOMME: "Outils renommés (proposé, à confirmer)",
    NatureDeChangement.PRESTATAIRE: "Outils passés à un autre prestataire",
    NatureDeChangement.COUT: "Coûts en hausse au-delà des seuils",
    NatureDeChangement.LIEU: "Lieu des données changé",
    NatureDeChangement.CRITICITE: "Criticité changée",
    NatureDeChangement.REMPLACEMENT: "Remplacement plus facile ou plus difficile",
    NatureDeChangement.RECUPERATION: "Récupération de nos données changée",
    NatureDeChangement.INSCRIT: "Outils déjà en service, inscrits après coup",
    NatureDeChangement.PROJET: "Outils en projet",
}


def titre_de(nature: NatureDeChangement) -> str:
    """Le titre sous lequel ces changements se groupent."""
    return TITRES[nature]


def raconter(changement: Changement) -> str:
    """Le fait, en une phrase courte sans point : « Messagerie » : Thêta SA → Mu SA."""
    return _RECITS.get(changement.nature, _passer)(changement)


def dire_les_decisions(decisions: Sequence[Ligne]) -> str:
    """« D-2026-001 du 16.02.2026 ; D-2026-004 » ; rien s'il n'y en a aucune."""
    return " ; ".join(_dire_la_decision(decision) for decision in decisions)


def nom_de(outil: Ligne) -> str:
    """Le nom de l'outil entre guillemets."""
    return f"« {extraire(outil.texte('nom') or f'ligne {outil.numero}')} »"


def montrer(ligne: Ligne | None, colonne: str) -> str | None:
    """Le texte montré de la cellule, masqué ; rien si la ligne ou la valeur manque."""
    contenu = None if ligne is None else ligne[colonne]
    return None if contenu is None else masquer(afficher(contenu))


def _dire_la_decision(decision: Ligne) -> str:
    numero = extraire(decision.texte("numero") or f"ligne {decision.numero}")
    date = decision.jour("date")
    return f"{numero} du {jour(date)}" if date else numero


def _apparaitre(changement: Changement) -> str:
    avant = changement.avant
    if avant is None:
        return nom_de(changement.outil)
    return f"{nom_de(changement.outil)}, auparavant {_en_minuscule(montrer(avant, 'statut'))}"


def _disparaitre(changement: Changement) -> str:
    if changement.apres is None:
        return f"{nom_de(changement.outil)} ne figure plus dans la feuille"
    date = changement.apres.jour("arrete_le")
    return f"{nom_de(changement.outil)}, arrêté{f' le {jour(date)}' if date else ''}"


def _renommer(changement: Changement) -> str:
    noms = [nom_de(ligne) for ligne in (changement.avant, changement.apres) if ligne is not None]
    return f"{' → '.join(noms)} : {', '.join(changement.raisons)}"


def _rencherir(changement: Changement) -> str:
    lignes = (changement.avant, changement.apres)
    couts = [(ligne.nombre("cout_annuel") if ligne else None) or 0 for ligne in lignes]
    ancien, nouveau = couts
    part = f", soit {round((nouveau - ancien) * 100 / ancien)} % de plus" if ancien else ""
    passage = f"CHF {montant(ancien)} → CHF {montant(nouveau)}"
    return f"{nom_de(changement.outil)} : {passage}{part}"


def _passer(changement: Changement) -> str:
    colonne = changement.colonne
    avant, apres = montrer(changement.avant, colonne), montrer(changement.apres, colonne)
    passage = " → ".join(abreger(texte or "vide") for texte in (avant, apres))
    return f"{nom_de(changement.outil)} : {passage}"


def _citer(changement: Changement) -> str:
    return nom_de(changement.outil)


def _en_minuscule(texte: Texte | None) -> str:
    return (texte[:1].lower() + texte[1:]) if texte else "en service"


_RECITS: Mapping[NatureDeChangement, Callable[[Changement], str]] = {
    NatureDeChangement.APPARU: _apparaitre,
    NatureDeChangement.DISPARU: _disparaitre,
    NatureDeChangement.RENOMME: _renommer,
    NatureDeChangement.COUT: _rencherir,
    NatureDeChangement.INSCRIT: _citer,
    NatureDeChangement.PROJET: _citer,
}
