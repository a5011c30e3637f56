"""Le contrôle d'un classeur : le lire, le vérifier ; et son JSON, tel que le contrat le fixe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from pilotage_xlsx import __version__
from pilotage_xlsx.commandes.commun import dire
from pilotage_xlsx.constats import Constat, Resume, cellule, resumer
from pilotage_xlsx.etat import Completude, Etat
from pilotage_xlsx.lecture import lire
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.modele import Modele
from pilotage_xlsx.registre import Emplacement, Ensemble, Registre
from pilotage_xlsx.socle.textes import en_clair
from pilotage_xlsx.verification import Accepte, juger, verifier_ensemble


class Controle(msgspec.Struct, frozen=True):
    """Un classeur examiné : ce qu'il contient et ce qui n'y va pas.

    ``acceptes`` : les constats que la commune assume ; montrés à part, ils ne comptent pas.
    ``etat`` : celui de ses lignes.
    """

    modele: Modele
    registre: Registre
    constats: tuple[Constat, ...]
    acceptes: tuple[Accepte, ...]
    etat: Etat

    @property
    def est_lisible(self) -> bool:
        """Faux si le fichier a été refusé."""
        return self.registre.refus is None

    @property
    def resume(self) -> Resume:
        """Ses constats comptés ; un refus n'en est pas un."""
        return resumer(self.constats) if self.est_lisible else Resume()


def controler(chemins: Iterable[Path], modele: Modele, au: date) -> tuple[Controle, ...]:
    """Examine chaque classeur, même après un refus."""
    registres = (lire(chemin, modele) for chemin in chemins)
    return tuple(_controler(registre, modele, au) for registre in registres)


def _controler(registre: Registre, modele: Modele, au: date) -> Controle:
    liens = Liens(modele, registre, au)
    jugement = juger(registre, modele, au, liens)
    return Controle(modele, registre, jugement.constats, jugement.acceptes, liens.etat)


def controler_ensemble(controles: Iterable[Controle], modele: Modele) -> tuple[Constat, ...]:
    """Ce qui ne se voit qu'en rapprochant les classeurs."""
    ensemble = Ensemble(modele, tuple(controle.registre for controle in controles))
    est_seul = len(list(ensemble.lisibles())) < 2
    return () if est_seul else verifier_ensemble(ensemble, modele)


def dire_les_refus(controles: Iterable[Controle]) -> None:
    """Une phrase par classeur refusé, sur la sortie d'erreur."""
    for controle in controles:
        if not controle.est_lisible:
            dire(f"{controle.registre.fichier} : pas lu. {controle.registre.refus}")


def additionner(controles: Iterable[Controle]) -> Resume:
    """Le résumé de plusieurs classeurs."""
    resumes = [controle.resume for controle in controles]
    return Resume(
        sum(resume.erreurs for resume in resumes),
        sum(resume.avertissements for resume in resumes),
        sum(resume.attentions for resume in resumes),
    )


def en_json(
    controles: Sequence[Controle], d_ensemble: Sequence[Constat], modele: Modele, au: date
) -> dict[str, Any]:
    """Le document de ``verifier --format json`` (commandes.md, format 1)."""
    resume = additionner(controles)
    return {
        "format": 1,
        "outil": {"nom": "pilotage-xlsx", "version": __version__},
        "modele": {"id": modele.identite.id, "version": modele.identite.version},
        "date": au.isoformat(),
        "resume": {
            "erreurs": resume.erreurs,
            "avertissements": resume.avertissements,
            "attentions": resume.attentions,
            "illisibles": sum(not controle.est_lisible for controle in controles),
        },
        "classeurs": [_classeur(controle) for controle in controles],
        "ensemble": [situer_en_json(constat) for constat in d_ensemble],
    }


def _classeur(controle: Controle) -> dict[str, Any]:
    registre = controle.registre
    donnee: dict[str, Any] = {
        "fichier": en_clair(str(registre.fichier)),
        "lisible": controle.est_lisible,
        "commune": registre.commune.texte("commune"),
        "annee": registre.annee,
        "completude": {},
        "constats": [_constat(constat) for constat in controle.constats],
        "acceptes": [_accepte(accepte) for accepte in controle.acceptes],
    }
    if controle.est_lisible:
        etat = controle.etat
        parts = {"total": etat.completude_totale, **etat.completude}
        donnee["completude"] = {nom: _completude(part) for nom, part in parts.items()}
    return donnee


def _completude(part: Completude) -> dict[str, int]:
    return {"completes": part.completes, "lignes": part.lignes}


def _constat(constat: Constat) -> dict[str, Any]:
    return {
        "regle": constat.regle,
        "gravite": constat.gravite.value,
        "registre": constat.registre,
        "feuille": constat.lieu.feuille or None,
        "cellule": cellule(constat.lieu),
        "ligne": constat.lieu.ligne,
        "colonne": constat.colonne,
        "libelle": constat.libelle,
        "valeur": constat.valeur,
        "message": constat.message,
        "corriger": constat.corriger,
        "paragraphe": constat.paragraphe,
        "aussi": [_ailleurs(lieu) for lieu in constat.aussi],
    }


def _accepte(accepte: Accepte) -> dict[str, Any]:
    fin = accepte.jusqu_au.isoformat()
    return {**_constat(accepte.constat), "motif": accepte.motif, "jusqu_au": fin}


def situer_en_json(constat: Constat) -> dict[str, Any]:
    """Entre classeurs, une cellule ne se retrouve qu'avec le nom de son fichier."""
    aussi = [{"fichier": lieu.fichier, **_ailleurs(lieu)} for lieu in constat.aussi]
    return {"fichier": constat.lieu.fichier, **_constat(constat), "aussi": aussi}


def _ailleurs(lieu: Emplacement) -> dict[str, str | None]:
    return {"feuille": lieu.feuille, "cellule": cellule(lieu)}
