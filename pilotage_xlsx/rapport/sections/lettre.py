"""La lettre du courriel : ce qui est demandé, pour quelle séance, et qui le signe."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.rapport.chiffres import Rapport
from pilotage_xlsx.rapport.document import Lettre
from pilotage_xlsx.rapport.mots import commune, compter, de_commune, lire_un_fait
from pilotage_xlsx.socle.typographie import jour

APPEL = "Mesdames, Messieurs,"
JOINTS = "Le rapport entier, avec la preuve de chaque chiffre, est dans les fichiers joints."
_COMMUNE = 60


def composer(rapport: Rapport) -> Lettre:
    """La lettre à l'exécutif."""
    return Lettre(APPEL, tuple(_demander(rapport)), tuple(_signer(rapport)))


def _demander(rapport: Rapport) -> Iterator[str]:
    nom = de_commune(commune(rapport, _COMMUNE))
    seance = f", pour votre séance du {jour(rapport.seance)}" if rapport.seance else ""
    yield f"Voici le rapport {rapport.annee} sur le pilotage numérique {nom}{seance}."
    yield _compter_les_points(rapport)
    yield JOINTS
    yield "Il montre nos faiblesses : merci de ne pas le transmettre."


def _compter_les_points(rapport: Rapport) -> str:
    if not rapport.points:
        return "Aucun point n'est à décider : nous vous prions d'en prendre acte."
    a_venir = [p.dernier_jour for p in rapport.points if p.dernier_jour]
    presse = min((j for j in a_venir if j >= rapport.jour), default=None)
    quand = f" ; le prochain dernier jour est le {jour(presse)}" if presse else ""
    combien = compter(len(rapport.points), "point", "points")
    return f"Nous vous prions de décider de {combien}{quand}."


def _signer(rapport: Rapport) -> Iterator[str]:
    """Le référent, sa commune, son téléphone, son adresse : ce que la feuille Commune en dit."""
    fiche = rapport.commune
    if nom := lire_un_fait(fiche, "referent_nom"):
        yield nom
    yield f"Pilotage numérique, commune {de_commune(commune(rapport, _COMMUNE))}"
    for colonne in ("referent_telephone", "referent_courriel"):
        if dit := lire_un_fait(fiche, colonne):
            yield dit
