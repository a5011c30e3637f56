"""Le remède d'une saisie incomprise : la réponse probable s'il y en a une, sinon la question."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from pilotage_xlsx.genres import afficher
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.modele import Colonne, Genre
from pilotage_xlsx.rapprochement import proposer
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.textes import LONGUEUR_D_UN_NOM, Texte, cle
from pilotage_xlsx.verification.intentions import (
    date_sans_jour,
    dates_citees,
    est_ignore,
    est_par_mois,
    est_sans_objet,
    est_sans_tva,
    est_un_jour_impossible,
    est_un_renvoi,
    morceaux,
    nombres_cites,
    oui_ou_non,
)
from pilotage_xlsx.verification.phrases import citer, enumerer
from pilotage_xlsx.vocabulaire import Mot

_CHOIX_MONTRES = 8
_LIGNES_REMONTEES = 100
_CITES = 6
"""Au-delà, ce n'est plus une date ou un nombre entouré de mots."""

_SAISIES_DEVINEES = 1_000
"""Au-delà, ce ne sont plus des coquilles, et chercher un voisin à chacune ne finirait pas."""

_EN_ATTENTE, _NEANT = "en_attente", "neant"
"""Les marques d'une réponse remise, et de celle qui dit qu'il n'y a rien."""


def choisir(liens: Liens, ligne: Ligne, colonne: Colonne, brut: Texte) -> str:
    """Que faire d'une réponse hors de sa liste."""
    choix = liens.modele.choix(colonne)
    if plusieurs := _reponses_reunies(brut, choix):
        return f"Une seule réponse est possible : choisir {enumerer(map(citer, plusieurs), 'ou')}."
    if voulu := _choix_voulu(liens, ligne, colonne, brut):
        return f"Vouliez-vous dire « {voulu} » ? Sinon, choisir une autre réponse de la liste."
    suite = "" if colonne.est_essentielle else ", ou vider la cellule"
    if len(choix) > _CHOIX_MONTRES:
        return f"Choisir une réponse de la liste déroulante{suite}."
    return f"Choisir une réponse de la liste : {enumerer(map(citer, choix), 'ou')}{suite}."


def _choix_voulu(liens: Liens, ligne: Ligne, colonne: Colonne, brut: Texte) -> str | None:
    if est_un_renvoi(brut):
        return dessus(liens, ligne, colonne.id)
    mots = liens.modele.mots(colonne)
    if (dit := oui_ou_non(brut)) and (reponse := _qui_repond(mots, dit)):
        return reponse
    if est_ignore(brut) and (attente := _qui_repond(mots, _EN_ATTENTE)):
        return attente
    if est_sans_objet(brut) and (neant := _qui_repond(mots, _NEANT)):
        return neant
    choix = liens.modele.choix(colonne)
    return liens.modele.par_le_sens(colonne, brut) or _voisin(liens, brut, choix)


def _voisin(liens: Liens, brut: Texte, choix: tuple[str, ...]) -> str | None:
    if len(liens.etat.illisibles) > _SAISIES_DEVINEES:
        return None
    return (_proposer if len(brut) <= LONGUEUR_D_UN_NOM else _commence)(brut, choix)


@lru_cache(maxsize=1_000)
def _proposer(brut: str, choix: tuple[str, ...]) -> str | None:
    return proposer(brut, choix) or _commence(brut, choix)


def _commence(brut: Texte, choix: tuple[str, ...]) -> str | None:
    """Le seul choix dont c'est le début, au mot près (« Durable »), ou suivi d'une parenthèse."""
    tape = cle(brut)
    suites = [valeur for valeur in choix if cle(valeur).startswith(f"{tape} ")]
    suites += [valeur for valeur in choix if tape.startswith(f"{cle(valeur)} (")]
    return suites[0] if len(suites) == 1 else None


def _qui_repond(mots: Iterable[Mot], nom: str) -> str | None:
    """Le libellé de la première valeur de cette clé ou de cette marque."""
    return next((mot.libelle for mot in mots if mot.repond_a(nom)), None)


def _reponses_reunies(brut: Texte, choix: tuple[str, ...]) -> tuple[str, ...]:
    """Les réponses de la liste que la cellule réunit ; rien s'il n'y en a pas deux."""
    par_cle = {cle(valeur): valeur for valeur in choix}
    parties = [cle(partie) for partie in morceaux(brut)]
    trouvees = [par_cle[partie] for partie in parties if partie in par_cle]
    return tuple(trouvees) if len(trouvees) == len(parties) > 1 else ()


def dater(liens: Liens, ligne: Ligne, colonne: Colonne, brut: Texte) -> str:
    """Que faire d'une date qui ne se lit pas."""
    if remis := _remis(liens, ligne, colonne, brut):
        return remis
    citees = dates_citees(brut)
    if len(citees) == 1:
        return f"Vouliez-vous dire {citees[0]} ? Écrire la date seule, le reste dans les remarques."
    if 1 < len(citees) <= _CITES:
        return f"Écrire une seule date : {enumerer(citees, 'ou')}."
    if est_un_jour_impossible(brut):
        return "Vérifier le jour, le mois et l'année : cette date n'est pas possible."
    if jour := date_sans_jour(brut):
        return f"Écrire aussi le jour, par exemple {afficher(jour)}."
    return f"Écrire le jour, le mois et l'année, par exemple 12.03.2026{_ou_mention(colonne)}."


def chiffrer(liens: Liens, ligne: Ligne, colonne: Colonne, brut: Texte) -> str:
    """Que faire d'un nombre qui ne se lit pas."""
    if remis := _remis(liens, ligne, colonne, brut):
        return remis
    est_un_montant = colonne.genre is Genre.MONTANT
    if est_un_montant and est_par_mois(brut):
        return "Écrire le montant d'une année, un nombre seul, par exemple 1200."
    if est_un_montant and est_sans_tva(brut):
        return "Écrire le montant TVA comprise, un nombre seul, par exemple 1200."
    cites = nombres_cites(brut if est_un_montant else brut.replace("mois", ""))
    if len(cites) == 1:
        return f"Vouliez-vous dire {cites[0]} ? Écrire le nombre seul, le reste dans les remarques."
    if 1 < len(cites) <= _CITES:
        return f"Écrire un seul nombre : {enumerer(cites, 'ou')} ; le reste dans les remarques."
    exemple = 1200 if est_un_montant else 3
    return f"Écrire le nombre seul, par exemple {exemple} ; mettre le reste dans les remarques."


def _remis(liens: Liens, ligne: Ligne, colonne: Colonne, brut: Texte) -> str | None:
    """Que faire d'un renvoi, ou d'une réponse remise à plus tard ; rien si ce n'en est pas un."""
    if est_un_renvoi(brut):
        return recopier(liens, ligne, colonne)
    if est_ignore(brut) or est_sans_objet(brut):
        return laisser_vide(colonne)
    return None


def recopier(liens: Liens, ligne: Ligne, colonne: Colonne) -> str:
    """Que faire de « idem » : la valeur du dessus, qui resterait juste une fois la liste triée."""
    valeur = dessus(liens, ligne, colonne.id)
    propose = f" : {citer(valeur)}" if valeur else ""
    return f"Recopier la réponse de la ligne du dessus{propose} ; une liste triée perd les renvois."


def laisser_vide(colonne: Colonne) -> str:
    """Que faire d'un « ? » ou d'un « - »."""
    if mentions := enumerer(map(citer, colonne.mentions), "ou"):
        return f"Écrire la réponse, ou {mentions}."
    if not colonne.est_essentielle:
        return "Vider la cellule : cette réponse est facultative."
    return "Écrire la réponse ; tant qu'elle n'est pas connue, laisser la cellule vide."


def dessus(liens: Liens, ligne: Ligne, colonne: str) -> str | None:
    """La première vraie réponse au-dessus, dans la même colonne, telle qu'elle se lit."""
    lignes = liens.etat.lignes(ligne.lieu.registre)
    rang = bisect_left(lignes, ligne.numero, key=lambda autre: autre.numero)
    for autre in reversed(lignes[max(0, rang - _LIGNES_REMONTEES) : rang]):
        valeur = autre[colonne]
        if valeur is not None and not est_un_renvoi(afficher(valeur)):
            return None if liens.etat.est_fautive(autre, colonne) else afficher(valeur)
    return None


def _ou_mention(colonne: Colonne) -> str:
    mentions = enumerer(map(citer, colonne.mentions), "ou")
    return f", ou {mentions}" if mentions else ""
