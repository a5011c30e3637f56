"""Les cinq chiffres de la première page, et les points à clarifier (domaine.md §5)."""

from __future__ import annotations

from pilotage_xlsx.etat import a_clarifier
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.rapport.chiffres import AClarifier, Chiffre, Compte, Mesure
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.vocabulaire import Marque

ACCES_TENUS = Marque("outils", "acces_administrateur", "tenus_par_la_commune")
RESTAURATION_TESTEE = Marque("outils", "sauvegarde", "testee")
SANS_OBJET = "sans_objet"


def compter(liens: Liens, precedents: Liens | None) -> tuple[Chiffre, ...]:
    """Les cinq chiffres, chacun avec celui de l'an passé si son classeur est donné."""
    anciens = _comptes(precedents) if precedents else {}
    return tuple(
        Chiffre(mesure, compte, anciens.get(mesure)) for mesure, compte in _comptes(liens).items()
    )


def points_a_clarifier(liens: Liens) -> tuple[AClarifier, ...]:
    """Les lignes en vigueur qui répondent « À clarifier », outils d'abord, la fiche en dernier."""
    return tuple(
        AClarifier(ligne, ligne.texte(feuille.cle or "") or feuille.libelle, libelles)
        for feuille in (*liens.modele.registres, liens.modele.fiche)
        for ligne in liens.etat.en_vigueur(feuille.id)
        if (libelles := tuple(colonne.libelle for colonne in a_clarifier(feuille, ligne)))
    )


def _comptes(liens: Liens) -> dict[Mesure, Compte]:
    indispensables = liens.indispensables
    return {
        Mesure.INDISPENSABLES: Compte(len(indispensables), None, indispensables),
        Mesure.RESTAURATION: _part(liens, RESTAURATION_TESTEE),
        Mesure.ACCES: _part(liens, ACCES_TENUS),
        Mesure.COUT: _cout(liens.outils_en_service),
        Mesure.A_CLARIFIER: _a_clarifier(liens),
    }


def _part(liens: Liens, marque: Marque) -> Compte:
    """Les indispensables qui répondent ainsi, sur ceux que la question concerne : « Sans objet »
    n'est ni une bonne ni une mauvaise réponse."""
    outils, sans_objet = liens.indispensables, marque._replace(nom=SANS_OBJET)
    concernes = tuple(outil for outil in outils if not liens.est(outil, sans_objet))
    lignes = tuple(outil for outil in concernes if liens.est(outil, marque))
    return Compte(len(lignes), len(concernes), lignes, sans_objet=len(outils) - len(concernes))


def _cout(outils: tuple[Ligne, ...]) -> Compte:
    connus = tuple(outil for outil in outils if outil.nombre("cout_annuel") is not None)
    total = sum(outil.nombre("cout_annuel") or 0 for outil in connus)
    return Compte(round(total, 2), len(outils), connus)


def _a_clarifier(liens: Liens) -> Compte:
    points = points_a_clarifier(liens)
    lignes = tuple(point.ligne for point in points)
    return Compte(sum(len(point.libelles) for point in points), None, lignes)
