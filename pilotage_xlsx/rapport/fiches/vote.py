"""Ce que la séance vote d'une décision, mot à mot, et l'extrait du procès-verbal qui en reste."""

from __future__ import annotations

from pilotage_xlsx.metier.affaires import est_du_deliberant
from pilotage_xlsx.metier.jugements import coute_chaque_annee
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.modele.sens import DURABLE, PROPOSEE, VALIDEE
from pilotage_xlsx.modele.vocabulaire import Marque
from pilotage_xlsx.rapport.document import Encadre
from pilotage_xlsx.rapport.fiches.communs import BREF, COURT, POINTILLES, borner, remplis
from pilotage_xlsx.rapport.mots import (
    abreger,
    chiffrer_un_cout,
    deliberant,
    executif,
    executif_sujet,
    lire,
    lire_un_fait,
    majuscule,
)
from pilotage_xlsx.registre import Ligne

_A_HAUTE_VOIX = 240
_EXECUTIF = Marque("decisions", "decide_par", "executif")
"""Ce que dit la liste « Décidé par » ; la fiche dit le mot de la commune."""

_REFUSEE = Marque("decisions", "statut", "refusee")
_REMPLACEE = Marque("decisions", "statut", "remplacee")
_PRIS_CONNAISSANCE = "a pris connaissance de la décision"
_SIGNATURES = ("Le", "Présidence", "Secrétariat")
_CASES = ("accepté", "refusé", "reporté")
_A_REMPLIR = ("Séance du", "Procès-verbal, point")


def attend(liens: Liens, decision: Ligne) -> bool:
    """Vrai si la décision est encore à voter."""
    return liens.est(decision, PROPOSEE)


def a_voter(liens: Liens, decision: Ligne) -> Encadre:
    """La formulation proposée à l'exécutif, ou ce qui est déjà décidé."""
    sujet, numero = executif_sujet(liens.registre.commune), borner(decision, "numero", BREF)
    if attend(liens, decision):
        return Encadre(
            "Formulation proposée", _formuler(liens, sujet, decision), _CASES, _A_REMPLIR
        )
    if _est_a_porter(liens, decision):
        objet = borner(decision, "decision", _A_HAUTE_VOIX).rstrip(" .")
        texte = f"« {sujet} prend connaissance de la décision {numero} : {objet}. »"
        return Encadre("Formulation proposée", texte, a_remplir=_A_REMPLIR)
    return Encadre("Ce qui est décidé", _dire_le_sort(liens, decision))


def _est_vue(decision: Ligne) -> bool:
    return decision.dit("executif_le")


def _est_a_porter(liens: Liens, decision: Ligne) -> bool:
    """Vrai d'une décision durable et validée que l'exécutif n'a pas encore vue."""
    est_prise = liens.est(decision, DURABLE) and liens.est(decision, VALIDEE)
    return est_prise and not _est_vue(decision)


def _formuler(liens: Liens, sujet: str, decision: Ligne) -> str:
    origine = ", sur proposition du référent," if decision.dit("proposition") else ""
    numero = borner(decision, "numero", BREF)
    objet = f"{_objet(decision, _proposition(decision))}.{_prix(liens, decision)}"
    return f"« {sujet}{origine} décide{_devant_qui(liens, decision)} ({numero}) : {objet} »"


def _prix(liens: Liens, decision: Ligne) -> str:
    cout = decision.nombre("cout")
    if cout is None:
        return ""
    return f" Coût : CHF {chiffrer_un_cout(cout, par_an=coute_chaque_annee(liens, decision))}."


def _proposition(decision: Ligne) -> str:
    """La colonne que le rapport met au vote : la proposition, sinon la décision."""
    return "proposition" if decision.dit("proposition") else "decision"


def _objet(decision: Ligne, colonne: str) -> str:
    """Les mots mêmes de cette cellule.

    Un texte trop long pour se lire à haute voix se désigne : il est juste au-dessus.
    """
    texte = borner(decision, colonne).rstrip(" .")
    if len(texte) <= _A_HAUTE_VOIX:
        return texte
    quoi = "la proposition du référent" if colonne == "proposition" else "la décision"
    return f"suivre {quoi}, telle qu'elle est écrite ci-dessus"


def extraire(liens: Liens, decision: Ligne) -> Encadre | None:
    """L'extrait conforme : ce que l'exécutif a fait en séance, ou y fera ; sinon, rien."""
    acte = _acte(liens, decision)
    if acte is None:
        return None
    sujet, numero = executif_sujet(liens.registre.commune), borner(decision, "numero", BREF)
    est_a_voter = attend(liens, decision)
    seance = "" if est_a_voter else abreger(lire_un_fait(decision, "executif_le"), BREF)
    pv = "" if est_a_voter else abreger(lire_un_fait(decision, "pv"), BREF)
    colonne = _proposition(decision) if est_a_voter else "decision"
    objet = f"{_objet(decision, colonne)}.{_prix(liens, decision)}"
    texte = f"« {sujet}, en séance du {seance or POINTILLES}, {acte} ({numero}) : {objet} »"
    reference = f" Réf. : {pv}." if pv else ""
    return Encadre(
        "Extrait conforme du procès-verbal", f"{texte}{reference}", a_remplir=_SIGNATURES
    )


def _acte(liens: Liens, decision: Ligne) -> str | None:
    """« a décidé », « a refusé », « a pris connaissance de la décision » ; rien s'il n'a rien à en
    dire."""
    if attend(liens, decision):
        return f"a décidé{_devant_qui(liens, decision)}"
    if not liens.est(decision, VALIDEE, _REFUSEE, _REMPLACEE):
        return None
    est_a_lui = liens.est(decision, _EXECUTIF)
    est_a_personne = not decision.dit("decide_par")
    if est_a_lui or (est_a_personne and _est_vue(decision)):
        return "a refusé" if liens.est(decision, _REFUSEE) else "a décidé"
    return _PRIS_CONNAISSANCE if _est_vue(decision) or _est_a_porter(liens, decision) else None


def _devant_qui(liens: Liens, decision: Ligne) -> str:
    """Rien si l'exécutif tranche ; sinon, qu'il soumet à l'organe délibérant."""
    if not est_du_deliberant(liens, decision):
        return ""
    return f" de soumettre à l'organe compétent ({deliberant(liens.registre.commune)})"


def _dire_le_sort(liens: Liens, decision: Ligne) -> str:
    """« Validée. Décidé par : Municipalité. Municipalité, séance du : 19.05.2025. »"""
    mot = abreger(majuscule(executif(liens.registre.commune)), BREF)
    champs = (
        ("Décidé par", "decide_par"),
        (f"{mot}, séance du", "executif_le"),
        ("Procès-verbal", "pv"),
        ("Mise en œuvre le", "mise_en_oeuvre_le"),
    )
    executifs = liens.modele.libelles(_EXECUTIF)
    dits = ((libelle, borner(decision, colonne, COURT, sinon="")) for libelle, colonne in champs)
    phrases = (
        f"{libelle} : {mot if texte in executifs else texte}." for libelle, texte in remplis(dits)
    )
    return " ".join((f"{lire(decision, 'statut', sinon='Statut non inscrit')}.", *phrases))
