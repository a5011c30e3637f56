"""Partager : d'un classeur, un autre, écrit à neuf, qui n'a que ce qui peut en sortir."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from pilotage_xlsx.gestes import GesteImpossible, choisir
from pilotage_xlsx.gestes.classeurs import Classeur, charger_une_fois, exiger
from pilotage_xlsx.gestes.porte import lire, modele_de
from pilotage_xlsx.gestes.relecture import exiger_la_relecture
from pilotage_xlsx.modele import Modele, Partage
from pilotage_xlsx.modele.chargement import porter_une_touche
from pilotage_xlsx.partage.ecriture import ecrire_le_partage
from pilotage_xlsx.partage.phrases import A_QUI, dire_le_partage, dire_le_reste
from pilotage_xlsx.partage.reduction import BilanDuPartage, Reduit, reduire
from pilotage_xlsx.partage.touche import touche_du_partage
from pilotage_xlsx.socle.entree import EnMemoire


class PartageEcrit(NamedTuple):
    """Les octets du partage, ce qui part et ce qui reste, et ce qu'il y a à en dire."""

    octets: bytes
    bilan: BilanDuPartage
    remarques: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Partage : {self.bilan.parties} cellules, {len(self.octets)} octets>"


def partager(
    classeur: Classeur, avec: str, *, au: date | None = None, modele: Modele | None = None
) -> PartageEcrit:
    """Le classeur qui peut sortir : ``avec`` la « region », le « canton » ou le « public ».

    Lève `GesteImpossible` si le classeur ne se lit pas, ou si rien n'en peut sortir.
    """
    livre, jour = charger_une_fois(), au or date.today()
    choisi = modele or livre
    niveau = Partage(choisir(avec, [n.value for n in Partage], "un destinataire"))
    registre = exiger(classeur, choisi)
    choisi = modele_de(registre.porte, choisi)
    reduit = reduire(registre, choisi, niveau)
    if not reduit.bilan.parties:
        qui = A_QUI[niveau]
        raison = f"rien de ce qui y est inscrit ne peut sortir vers {qui}."
        raise GesteImpossible(f"{registre.nom_du_fichier} : {raison}")
    touche = touche_du_partage(reduit.registre, choisi, livre, niveau)
    porte = porter_une_touche(touche, livre) if touche else None
    octets = ecrire_le_partage(reduit, choisi, livre, niveau, jour, porte=porte)
    _exiger_tout(reduit, octets, choisi)
    phrases = dire_le_partage(reduit.bilan, reduit.registre, niveau, jour)
    remarques = (*phrases, dire_le_reste(reduit.bilan))
    return PartageEcrit(octets, reduit.bilan, remarques)


def _exiger_tout(reduit: Reduit, octets: bytes, modele: Modele) -> None:
    """Le classeur écrit, relu, rend chaque cellule qui devait sortir ; sinon rien ne s'écrit."""
    relu = lire(EnMemoire("partage.xlsx", octets), modele, est_un_partage_admis=True)
    exiger_la_relecture(reduit.registre, relu)
