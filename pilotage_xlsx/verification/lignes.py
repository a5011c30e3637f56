"""CEL : la clé d'une ligne, et les lignes qui n'en sont pas."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage_xlsx.constats import Gravite
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.modele import SEPARATEUR
from pilotage_xlsx.registre import Illisible, Ligne
from pilotage_xlsx.verification.regle import Fait, regle, sur


@regle(
    "CEL-010",
    Gravite.ERREUR,
    "2",
    message="Le nom ou numéro {nom} contient un point-virgule.",
    pourquoi="Le point-virgule sépare les noms qu'une autre cellule cite ; celui-ci serait coupé.",
    corriger="Remplacer le point-virgule par une virgule ou un tiret.",
    doute=(
        "Un nom officiel contient vraiment un point-virgule.",
        "Il ne pourrait être cité nulle part : le point-virgule sépare deux noms. C'est "
        "donc à corriger.",
    ),
)
def cle_avec_separateur(liens: Liens) -> Iterator[Fait]:
    for feuille in liens.modele.registres:
        for ligne in liens.etat.lignes(feuille.id):
            if SEPARATEUR in (ligne.texte(feuille.cle or "") or ""):
                yield sur(ligne, feuille.cle or "")


@regle(
    "CEL-011",
    Gravite.AVERTISSEMENT,
    "2",
    message="La ligne {numero} est commencée, mais « {libelle} » est vide.",
    pourquoi="Une ligne sans nom ni numéro ne peut pas être citée ; le reste n'en est pas jugé.",
    corriger="Remplir « {libelle} », ou vider la ligne.",
    doute=(
        "Une note tapée à côté de la liste, dans une colonne à la commune.",
        "Une ligne ne compte que si une colonne du modèle y est remplie.",
    ),
    est_seule=True,
)
def ligne_sans_cle(liens: Liens) -> Iterator[Fait]:
    for feuille in liens.modele.registres:
        cle = feuille.cle or ""
        for ligne in liens.etat.lignes(feuille.id):
            if ligne[cle] is None and ligne.lieu.a(cle):
                yield sur(ligne, cle, numero=ligne.numero)


@regle(
    "CEL-012",
    Gravite.AVERTISSEMENT,
    "2",
    message="La ligne {numero} est un total tapé sous la liste ; elle n'est pas comptée.",
    pourquoi="Un total écrit à la main fausse les comptes et n'est plus juste au prochain ajout.",
    corriger="Supprimer cette ligne ; le rapport fait les totaux.",
    doute=(
        "Un outil ou un prestataire s'appelle vraiment « Total… ».",
        "Le mot doit être seul (« Total », « Sous-total »…), et la ligne presque sans "
        "texte : un outil a un domaine, un prestataire.",
    ),
    est_seule=True,
)
def ligne_de_total(liens: Liens) -> Iterator[Fait]:
    for ligne in liens.etat.totaux:
        yield sur(ligne, _case_du_total(ligne), numero=ligne.numero)


def _case_du_total(ligne: Ligne) -> str:
    """La colonne où « Total » est écrit : le premier texte de la ligne."""
    return next(id_ for id_, v in ligne.valeurs.items() if isinstance(v, str | Illisible | tuple))
