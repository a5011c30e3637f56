"""Ce que la commune accepte pour un temps, avec sa raison (ses règles : `regles/acc.py`).

Une acceptation en règle met à part les constats d'une règle sur une ligne ; elle n'en tait aucun.
Incomplète, échue ou sans cible, elle ne met rien à part, et se dit.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele import ACCEPTES, Forme
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.textes import cle, cle_large

ENTRE_CODE_ET_MOTS = "·"
_CODE_ECRIT = 20

Cible = tuple[str, str]
"""Le code d'une règle et la clé comparable d'une ligne ; vide pour la fiche et le classeur."""


class Acceptes(msgspec.Struct, frozen=True):
    """Le sujet de ces règles : la feuille d'un classeur lu, et les codes qui s'acceptent."""

    liens: Liens
    codes: frozenset[str]

    @property
    def lignes(self) -> tuple[Ligne, ...]:
        """Les acceptations inscrites."""
        return self.liens.registre.lignes(ACCEPTES)

    @property
    def connues(self) -> tuple[Ligne, ...]:
        """Celles qui nomment une règle."""
        return tuple(ligne for ligne in self.lignes if code_nomme(ligne) in self.codes)


class Acceptation(msgspec.Struct, frozen=True):
    """Une acceptation en règle : sa raison et son dernier jour."""

    motif: str
    jusqu_au: date


def en_cours(liens: Liens) -> Mapping[Cible, Acceptation]:
    """Les acceptations en cours au jour du contrôle, par ce qu'elles mettent à part."""
    return {
        (code_nomme(ligne), cle_nommee(liens, ligne)): Acceptation(afficher(ligne["motif"]), fin)
        for ligne in liens.registre.lignes(ACCEPTES)
        if ligne.dit("motif") and (fin := ligne.date("jusqu_au"))
        if fin >= liens.au
    }


def cible(code: str, ligne: Ligne | None, liens: Liens) -> Cible:
    """Ce qu'il faut accepter pour mettre à part un constat de cette règle sur cette ligne."""
    feuille = liens.modele.par_id.get(ligne.lieu.registre) if ligne else None
    if ligne is None or feuille is None or feuille.forme is Forme.FICHE:
        return (code, "")
    return (code, cle(afficher(ligne[feuille.cle or ""]) or f"ligne {ligne.numero}"))


def code_nomme(ligne: Ligne) -> str:
    """« out 004 », « Out-004 », « OUT-004 · La sauvegarde… » : OUT-004."""
    debut = afficher(ligne["regle"]).strip()[:_CODE_ECRIT].partition(ENTRE_CODE_ET_MOTS)[0]
    net = cle_large(debut).upper()
    return f"{net[:3]}-{net[3:]}"


def en_mots(code: str, constat: str) -> str:
    """Ce que le menu de la feuille propose, et que `code_nomme` relit."""
    return f"{code} {ENTRE_CODE_ET_MOTS} {constat}"


def cle_nommee(liens: Liens, ligne: Ligne) -> str:
    """La clé comparable de la ligne nommée ; vide si l'acceptation nomme la commune."""
    nom = afficher(ligne["ligne"])
    fiche = liens.modele.fiche
    de_la_commune = {fiche.libelle, "La commune", afficher(liens.registre.commune["commune"])}
    return "" if cle_large(nom) in map(cle_large, de_la_commune) else cle(nom)
