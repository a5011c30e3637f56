"""La comparaison en JSON, format 1 : décrite dans ``docs/comparer.md``."""

from __future__ import annotations

from typing import Any

from pilotage_xlsx import __version__
from pilotage_xlsx.commandes.controle_json import situer_en_json
from pilotage_xlsx.gestes.comparer import Comparaison
from pilotage_xlsx.metier.constats import cellule
from pilotage_xlsx.metier.evolution import Changement, montrer, raconter
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.confidentiel import masquer
from pilotage_xlsx.socle.typographie import typographier


def en_json(comparaison: Comparaison) -> dict[str, Any]:
    """Le document de ``comparer --format json`` ; secrets masqués, dates ISO 8601."""
    evolution, identite = comparaison.evolution, comparaison.modele.identite
    changements = evolution.changements
    return {
        "format": 1,
        "outil": {"nom": "pilotage-xlsx", "version": __version__},
        "modele": {"id": identite.id, "version": identite.version},
        "date": evolution.apres.au.isoformat(),
        "avant": _classeur(evolution.avant),
        "apres": _classeur(evolution.apres),
        "inverse": comparaison.est_inversee,
        "remarques": [typographier(remarque) for remarque in evolution.remarques],
        "resume": {
            "changements": len(changements),
            "durables": sum(c.exige_une_decision for c in changements),
            "sans_decision": len(evolution.sans_decision),
            "avant_la_decision": len(evolution.anticipes),
        },
        "changements": [_changement(changement) for changement in changements],
        "decisions": [_decision(decision) for decision in evolution.decisions],
        "constats": [situer_en_json(constat) for constat in comparaison.constats],
    }


def _classeur(liens: Liens) -> dict[str, Any]:
    registre = liens.registre
    return {
        "fichier": str(registre.fichier),
        "commune": registre.commune.texte("commune"),
        "numero_ofs": registre.commune.nombre("numero_ofs"),
        "annee": registre.annee,
    }


def _changement(changement: Changement) -> dict[str, Any]:
    return {
        "nature": changement.nature.value,
        "outil": montrer(changement.outil, "nom"),
        "colonne": changement.colonne,
        "message": typographier(raconter(changement)),
        "avant": _cote(changement.avant, changement.colonne),
        "apres": _cote(changement.apres, changement.colonne),
        "durable": changement.exige_une_decision,
        "sans_decision": changement.est_sans_decision,
        "avant_la_decision": changement.est_anticipe,
        "decisions": [masquer(d.texte("numero") or "") or None for d in changement.decisions],
        "raisons": list(changement.raisons),
    }


def _cote(ligne: Ligne | None, colonne: str) -> dict[str, Any] | None:
    """Le nom de l'outil, la cellule et sa valeur dans un classeur ; rien s'il n'y est pas."""
    if ligne is None:
        return None
    lieu = ligne.emplacement(colonne)
    return {
        "outil": montrer(ligne, "nom"),
        "feuille": lieu.feuille,
        "cellule": cellule(lieu),
        "ligne": lieu.ligne,
        "valeur": montrer(ligne, colonne),
    }


def _decision(decision: Ligne) -> dict[str, Any]:
    jour = decision.date("date")
    return {
        "numero": montrer(decision, "numero"),
        "date": jour.isoformat() if jour else None,
        "outil": montrer(decision, "outil"),
        "decision": montrer(decision, "decision"),
        "statut": montrer(decision, "statut"),
        "fichier": decision.lieu.fichier,
        "ligne": decision.numero,
    }
