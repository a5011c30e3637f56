"""Les mots que les règles répètent : citer, énumérer, accorder, dater."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import NamedTuple

from pilotage_xlsx.metier.clarifier import QuestionAPoser, questions
from pilotage_xlsx.metier.constats import Resume, ou
from pilotage_xlsx.metier.etat import Etat
from pilotage_xlsx.registre import Emplacement, Ligne
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.confidentiel import extraire
from pilotage_xlsx.socle.textes import Texte
from pilotage_xlsx.socle.typographie import typographier


def citer(texte: Texte) -> str:
    """Le texte entre guillemets français, masqué ; d'un long texte, le début."""
    return f"« {extraire(texte)} »"


def enumerer(textes: Iterable[str], liaison: str = "et") -> str:
    """« A, B et C »."""
    *debut, fin = [*textes] or [""]
    return f"{', '.join(debut)} {liaison} {fin}" if debut else fin


def citer_lignes(lignes: Iterable[Ligne], cle: str) -> str:
    """Les noms de ces lignes, cinq au plus, puis leur nombre : « A », « B » et 3 autres."""
    noms = [citer(ligne.texte(cle) or f"ligne {ligne.numero}") for ligne in lignes]
    reste = len(noms) - 5
    return enumerer([*noms[:5], f"{reste} autres"] if reste > 1 else noms)


def capitaliser(texte: Texte) -> str:
    """La première lettre en capitale, le reste intact."""
    return texte[:1].upper() + texte[1:]


def accorder(nombre: int, singulier: str, pluriel: str | None = None) -> str:
    """« 1 outil », « 3 outils »."""
    return f"{nombre} {singulier if abs(nombre) < 2 else pluriel or f'{singulier}s'}"


def dans(jours: int) -> str:
    """« dans 30 jours », « dans 1 jour », « aujourd'hui »."""
    return f"dans {accorder(jours, 'jour')}" if jours else "aujourd'hui"


def dater(jour: date | None) -> str:
    """La date JJ.MM.AAAA, avec son heure si elle en a une."""
    return afficher(jour)


def compter(resume: Resume) -> str:
    """« 3 erreurs, 5 avertissements, 12 cellules à remplir, 2 points d'attention »."""
    return ", ".join(
        (
            accorder(resume.erreurs, "erreur", "erreurs"),
            accorder(resume.avertissements, "avertissement", "avertissements"),
            accorder(resume.a_remplir, "cellule à remplir", "cellules à remplir"),
            accorder(resume.attentions, "point d'attention", "points d'attention"),
        )
    )


class QuestionDite(NamedTuple):
    """Une question à poser, en mots, et sa première cellule « À clarifier »."""

    lieu: Emplacement
    phrase: str


def dire_les_questions(etat: Etat) -> tuple[QuestionDite, ...]:
    """« À demander à « Alpha SA » : « GED » : Lieu des données (H7), Sauvegarde (J7). »"""
    return tuple(map(_dire_la_question, questions(etat)))


def _dire_la_question(question: QuestionAPoser) -> QuestionDite:
    aupres = f"À demander à {citer(question.aupres)}" if question.aupres else "Dans la commune"
    dites = []
    for ligne, points in groupby(question.points, key=lambda point: point.ligne):
        cases = ", ".join(f"{point.colonne.libelle} ({ou(point.lieu)})" for point in points)
        nom = next(iter(ligne.valeurs.values())) if ligne.lieu.colonnes else None
        dites.append(f"{citer(afficher(nom))} : {cases}" if nom else cases)
    phrase = typographier(f"{aupres} : {' ; '.join(dites)}.")
    return QuestionDite(question.points[0].lieu, phrase)
