"""Annoter : une copie du classeur, ses fautes en couleur, en note et en liste ; et l'en défaire."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pilotage_xlsx import retouche
from pilotage_xlsx.gestes import GesteImpossible
from pilotage_xlsx.gestes.classeurs import Recu, charger_une_fois, situer
from pilotage_xlsx.gestes.controle import controler
from pilotage_xlsx.gestes.porte import lire, modele_de
from pilotage_xlsx.metier.constats import Resume
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.socle.paquet import Refus
from pilotage_xlsx.socle.typographie import jour, typographier
from pilotage_xlsx.verification.phrases import QuestionDite, compter


class Annote(NamedTuple):
    """Les octets d'une copie annotée, et si elle porte l'original, rendu un jour à l'octet."""

    octets: bytes
    porte_l_original: bool

    def __repr__(self) -> str:
        return f"<Annote : {len(self.octets)} octets>"


def annoter(fichier: Recu, *, au: date | None = None, modele: Modele | None = None) -> Annote:
    """La copie annotée d'un classeur ; l'original n'est pas touché.

    Lève `GesteImpossible` s'il ne se lit pas, ou s'il est trop grand pour être retouché.
    """
    source, choisi, le = situer(fichier), modele or charger_une_fois(), au or date.today()
    registre = lire(source, choisi)
    controle = controler(registre, modele_de(registre.porte, choisi), le)
    try:
        dit = dire_l_annotee(controle.resume, controle.questions, le)
        with retouche.annoter(source, controle.constats, dit) as annotee:
            return Annote(annotee.copie.octets(), annotee.porte_l_original)
    except Refus as refus:
        phrase = f"{registre.fichier} : pas annoté. {refus}"
        raise GesteImpossible(phrase, moyens=refus.moyens) from None


def retirer(fichier: Recu) -> bytes | None:
    """Le classeur sans ses annotations ; rien s'il n'en porte aucune.

    À l'octet près si la copie n'a pas été enregistrée depuis. Lève `GesteImpossible` si elle ne se
    lit pas.
    """
    try:
        with retouche.retirer(situer(fichier)) as copie:
            return None if copie is None else copie.octets()
    except Refus as refus:
        raise GesteImpossible(f"pas lu. {refus}") from None


def dire_l_annotee(resume: Resume, questions: Sequence[QuestionDite], au: date) -> retouche.Dit:
    """Ce que sa feuille dit, outre les constats : leur compte, et les questions à poser."""
    bilan = typographier(f"{compter(resume)} · contrôle du {jour(au)}")
    return retouche.Dit(bilan, questions)
