"""Une fiche : une décision, un incident, l'avis à l'exécutif, l'urgence, la note, la passation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from pilotage_xlsx.gestes import GesteImpossible, choisir
from pilotage_xlsx.gestes.classeurs import Classeur, charger_une_fois, exiger
from pilotage_xlsx.gestes.porte import dire_les_portes, modele_de
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.rapport import fiches
from pilotage_xlsx.rapport.fiches import Courrier
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.registre.rapprochement import proposer
from pilotage_xlsx.socle.textes import cle_large, est_egal

REGISTRES = {"decision": "decisions", "incident": "incidents", "avis": "incidents"}
_DE_LA_COMMUNE: Mapping[str, Callable[[Liens], fiches.Fiche]] = {
    "urgence": fiches.urgence.composer,
    "note": fiches.note.composer,
    "passation": fiches.passation.composer,
}
SUJETS = ("decision", "incident", "avis", "urgence", "note", "passation")
_AU_PLUS = 8


class FicheRendue(NamedTuple):
    """Les octets d'une fiche, les adresses de l'avis s'il en est un, et ce qu'il y a à en dire."""

    octets: bytes
    courrier: Courrier | None
    remarques: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<FicheRendue : {len(self.octets)} octets, {len(self.remarques)} remarques>"


def fiche(
    sujet: str,
    classeur: Classeur,
    numero: str | None = None,
    *,
    forme: str = fiches.FORMES[0],
    au: date | None = None,
    modele: Modele | None = None,
) -> FicheRendue:
    """La fiche « decision », « incident » ou « avis » de ce numéro ; « urgence », « note »,
    « passation » : celle de la commune.

    ``forme`` : « pdf », « html » ou « txt ». Lève `GesteImpossible` si le classeur ne se lit pas,
    ou si le numéro n'y est pas : la phrase en propose un.
    """
    sujet, forme = reconnaitre(sujet), choisir(forme, fiches.FORMES, "une forme de fiche")
    choisi, jour = modele or charger_une_fois(), au or date.today()
    registre = exiger(classeur, choisi)
    liens = Liens(modele_de(registre.porte, choisi), registre, jour)
    remarques: tuple[str, ...] = ()
    if sujet in _DE_LA_COMMUNE:
        if numero is not None:
            raise GesteImpossible(
                f"La fiche « {sujet} » est celle de la commune : retirez « {numero} »."
            )
        composee = _DE_LA_COMMUNE[sujet](liens)
    else:
        ligne, remarques = _trouver(liens, REGISTRES[sujet], numero)
        composee = _composer(sujet, liens, ligne)
    dites = (*dire_les_portes([(registre.nom_du_fichier, registre.porte)]), *remarques)
    return FicheRendue(fiches.rendre(composee, forme, jour), composee.courrier, dites)


def reconnaitre(sujet: str) -> str:
    """Le sujet d'une fiche, accents et casse ignorés ; `GesteImpossible` en propose un."""
    return choisir(cle_large(sujet), SUJETS, "une fiche", dit=sujet)


def _composer(sujet: str, liens: Liens, ligne: Ligne) -> fiches.Fiche:
    match sujet:
        case "decision":
            return fiches.decision.composer(liens, ligne)
        case "incident":
            return fiches.incident.composer(liens, ligne)
        case _:
            if refus := fiches.avis.refuser(liens, ligne):
                raise GesteImpossible(refus)
            return fiches.avis.composer(liens, ligne)


def _trouver(liens: Liens, registre: str, numero: str | None) -> tuple[Ligne, tuple[str, ...]]:
    """La ligne de ce numéro, et s'il est inscrit deux fois ; sinon, une phrase qui en propose."""
    feuille = liens.modele.par_id[registre].libelle
    numeros = [n for ligne in liens.etat.lignes(registre) if (n := ligne.texte("numero"))]
    if not numeros:
        raise GesteImpossible(f"La feuille {feuille} n'a aucun numéro inscrit.")
    if numero is None:
        derniers = ", ".join(numeros[-_AU_PLUS:])
        raise GesteImpossible(
            f"Indiquez le numéro, après le classeur ; les derniers inscrits : {derniers}."
        )
    if (ligne := liens.etat.trouver(registre, numero)) is None:
        proche = proposer(numero, numeros)
        conseil = (
            f"vouliez-vous dire « {proche} » ?" if proche else f"relisez la feuille {feuille}."
        )
        raise GesteImpossible(f"« {numero} » n'est pas dans la feuille {feuille} : {conseil}")
    if sum(est_egal(n, numero) for n in numeros) < 2:
        return ligne, ()
    return ligne, (f"« {numero} » est inscrit plusieurs fois : la fiche dit la première ligne.",)
