"""Le contrôle en JSON, tel que ``docs/guide-ingenieur.md`` le fixe (format 2), écrit à mesure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pilotage_xlsx import __version__
from pilotage_xlsx.commandes.commun import mettre_en_json
from pilotage_xlsx.gestes.controle import Controle, Cumul
from pilotage_xlsx.metier.clarifier import PointAClarifier, QuestionAPoser, questions
from pilotage_xlsx.metier.constats import Constat, cellule
from pilotage_xlsx.metier.etat import Completude
from pilotage_xlsx.registre import Emplacement
from pilotage_xlsx.socle.montrable import en_octets
from pilotage_xlsx.socle.rangement import Rangement
from pilotage_xlsx.verification import Accepte, EnAttente


class EnJson:
    """Un document : son résumé, puis un objet par classeur, puis ce qui se voit entre eux."""

    def mettre_en_piece(self, controle: Controle) -> bytes:
        """L'objet d'un classeur, mis en page à sa place dans le document."""
        return _a_la_marge(classeur(controle), 2)

    def assembler(self, pieces: Iterable[bytes], cumul: Cumul) -> Iterator[bytes]:
        """Le document, suivi d'une fin de ligne."""
        with Rangement() as rangees:
            for rang, piece in enumerate(pieces):
                rangees.poser(rang, piece)
            debut = _a_la_marge(_tete(cumul), 0).removesuffix(b"\n}")
            yield debut + b',\n  "classeurs": ['
            for rang, piece in enumerate(rangees.tous()):
                yield (b",\n    " if rang else b"\n    ") + piece
            d_ensemble = [situer_en_json(constat) for constat in cumul.d_ensemble]
            yield b'\n  ],\n  "ensemble": ' + _a_la_marge(d_ensemble, 1) + b"\n}\n"


def _a_la_marge(valeur: Any, cran: int) -> bytes:
    """Le JSON d'une valeur, décalé d'autant de crans : aucun texte n'y a de vraie fin de ligne."""
    return en_octets(mettre_en_json(valeur).replace("\n", "\n" + "  " * cran))


def _tete(cumul: Cumul) -> dict[str, Any]:
    identite = cumul.modele.identite
    return {
        "format": 2,
        "outil": {"nom": "pilotage-xlsx", "version": __version__},
        "modele": {"id": identite.id, "version": identite.version},
        "date": cumul.au.isoformat(),
        "resume": {
            "erreurs": cumul.resume.erreurs,
            "avertissements": cumul.resume.avertissements,
            "a_remplir": cumul.resume.a_remplir,
            "attentions": cumul.resume.attentions,
            "bloquants": cumul.resume.bloquants,
            "illisibles": cumul.illisibles,
        },
    }


def classeur(controle: Controle) -> dict[str, Any]:
    """L'objet d'un classeur dans le document."""
    registre = controle.registre
    donnee: dict[str, Any] = {
        "fichier": str(registre.fichier),
        "lisible": controle.est_lisible,
        "commune": registre.commune.texte("commune"),
        "annee": registre.annee,
        "completude": {},
        "a_confirmer": {},
        "constats": [_constat(constat) for constat in controle.constats],
        "acceptes": [_accepte(accepte) for accepte in controle.acceptes],
        "a_clarifier": [],
        "en_attente": [_en_attente(attente) for attente in controle.en_attente],
    }
    if controle.est_lisible:
        etat = controle.etat
        parts = {"total": etat.completude_totale, **etat.completude}
        donnee["completude"] = {nom: _completude(part) for nom, part in parts.items()}
        donnee["a_clarifier"] = [
            _a_clarifier(point, question)
            for question in questions(etat)
            for point in question.points
        ]
        proposables = (f.id for f in controle.modele.registres if f.a_confirmer)
        donnee["a_confirmer"] = {nom: len(etat.a_confirmer(nom)) for nom in proposables}
    return donnee


def _completude(part: Completude) -> dict[str, int]:
    return {"completes": part.completes, "lignes": part.lignes}


def _constat(constat: Constat) -> dict[str, Any]:
    return {
        "regle": constat.regle,
        "gravite": constat.gravite.value,
        "bloque": constat.bloque,
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


def _a_clarifier(point: PointAClarifier, question: QuestionAPoser) -> dict[str, Any]:
    return {
        "registre": point.ligne.lieu.registre,
        **_ailleurs(point.lieu),
        "colonne": point.colonne.id,
        "libelle": point.colonne.libelle,
        "aupres": question.aupres,
    }


def _en_attente(attente: EnAttente) -> dict[str, Any]:
    lieux = [_ailleurs(lieu) for lieu in attente.attend]
    return {"regle": attente.regle, **_ailleurs(attente.lieu), "attend": lieux}


def situer_en_json(constat: Constat) -> dict[str, Any]:
    """Entre classeurs, une cellule ne se retrouve qu'avec le nom de son fichier."""
    aussi = [{"fichier": lieu.fichier, **_ailleurs(lieu)} for lieu in constat.aussi]
    return {"fichier": constat.lieu.fichier, **_constat(constat), "aussi": aussi}


def _ailleurs(lieu: Emplacement) -> dict[str, str | None]:
    return {"feuille": lieu.feuille, "cellule": cellule(lieu)}
