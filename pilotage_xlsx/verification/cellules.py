"""CEL : ce qui dérive du modèle, cellule par cellule : exigée, lisible, dans sa liste."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from pilotage_xlsx.condition import Vide
from pilotage_xlsx.constats import Gravite
from pilotage_xlsx.etat import est_exigee
from pilotage_xlsx.genres import afficher
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.modele import Colonne, Feuille
from pilotage_xlsx.registre import Illisible, Ligne, Motif
from pilotage_xlsx.saisie import DATES, NATIFS, est_tape_en_texte
from pilotage_xlsx.verification.propositions import chiffrer, choisir, dater
from pilotage_xlsx.verification.regle import Fait, regle, sur
from pilotage_xlsx.verification.remedes import (
    dire_l_affichage,
    dire_la_raison,
    dire_les_bornes,
    remplir,
)

_FAUTES_DU_TABLEUR = {
    Motif.ERREUR: "une erreur du tableur",
    Motif.FORMULE: "une formule sans résultat enregistré",
}


@regle(
    "CEL-001",
    Gravite.ERREUR,
    "2",
    message="« {libelle} » est vide pour {nom}{raison}.",
    pourquoi="Une réponse essentielle manque. La gravité est celle que le modèle donne à sa "
    "colonne : erreur, ou avertissement.",
    corriger="Remplir la cellule.",
    doute=(
        "La réponse ne se pose pas pour cet outil-là.",
        "Une cellule n'est exigée que si sa condition, lue sur la même ligne, est vraie ; "
        "une colonne absente, ou une condition qui dépend d'une colonne absente, n'exige "
        "rien.",
    ),
)
def cellule_exigee_vide(liens: Liens) -> Iterator[Fait]:
    for feuille, ligne in _lignes(liens):
        valeurs, lieu = ligne.valeurs, ligne.lieu
        for colonne in feuille.essentielles:
            if colonne.id in valeurs or not lieu.a(colonne.id) or not est_exigee(colonne, ligne):
                continue
            if _depend_d_une_absente(colonne, ligne):
                continue
            raison, remede = dire_la_raison(colonne, ligne, feuille), remplir(colonne, liens.modele)
            fait = sur(ligne, colonne.id, raison=raison, corriger=remede)
            yield replace(fait, gravite=Gravite(colonne.gravite_si_vide))


@regle(
    "CEL-002",
    Gravite.ERREUR,
    "2",
    message="Pour {nom}, « {libelle} » contient « {valeur} », qui n'est pas dans la liste.",
    pourquoi="Une liste fermée se compte et se compare ; une réponse hors d'elle ne compte pas.",
    corriger="Choisir une réponse de la liste.",
    doute=(
        "La réponse est juste, mais en majuscules, avec une espace de trop ou une "
        "apostrophe courbe.",
        "Casse, blancs et apostrophes ne comptent pas, et un synonyme que le modèle connaît "
        "(« Municipalité », « USA », « Vaud ») vaut sa réponse ; un accent ou une coquille se "
        "propose d'un « Vouliez-vous dire ».",
    ),
)
def valeur_hors_liste(liens: Liens) -> Iterator[Fait]:
    for ligne, colonne, illisible in _illisibles(liens, Motif.LISTE):
        remede = choisir(liens, ligne, colonne, illisible.brut)
        yield sur(ligne, colonne.id, corriger=remede)


@regle(
    "CEL-003",
    Gravite.ERREUR,
    "2",
    message="Pour {nom}, « {libelle} » contient « {valeur} »{montre}, "
    "qui ne se lit pas comme une date.",
    pourquoi="Un délai ne se compte que d'une date entière et vraisemblable.",
    corriger="Écrire le jour, le mois et l'année, par exemple 12.03.2026.",
    doute=(
        "La date est écrite « 12 mars 2026 », « 12.3.26 », « 2026-03-12 » ou « 20260312 ».",
        "Toutes ces formes se lisent ; ne restent que les jours qui n'existent pas et ce "
        "qui n'est pas un jour.",
    ),
)
def date_illisible(liens: Liens) -> Iterator[Fait]:
    for ligne, colonne, illisible in _illisibles(liens, Motif.DATE):
        remede = dater(liens, ligne, colonne, illisible.brut)
        montre = dire_l_affichage(ligne, colonne)
        yield sur(ligne, colonne.id, montre=montre, corriger=remede)


@regle(
    "CEL-004",
    Gravite.ERREUR,
    "2",
    message="Pour {nom}, « {libelle} » contient « {valeur} », qui n'est pas un nombre.",
    pourquoi="Un montant ou une durée ne s'additionne que s'il est un nombre.",
    corriger="Écrire le nombre seul, par exemple 1200 ; mettre le reste dans les remarques.",
    doute=(
        "Le montant porte une apostrophe, « CHF », « .- » ou une virgule.",
        "Toutes ces formes se lisent ; ne reste que ce qui n'est pas un nombre seul.",
    ),
)
def nombre_illisible(liens: Liens) -> Iterator[Fait]:
    for ligne, colonne, illisible in _illisibles(liens, Motif.NOMBRE):
        remede = chiffrer(liens, ligne, colonne, illisible.brut)
        yield sur(ligne, colonne.id, corriger=remede)


@regle(
    "CEL-015",
    Gravite.ERREUR,
    "2",
    message="Pour {nom}, « {libelle} » contient {faute} : {valeur}.",
    pourquoi="La cellule contient une formule cassée, ou dont le résultat n'est pas enregistré.",
    corriger="Remplacer la formule par la valeur elle-même.",
    doute=(
        "Une formule de la commune, qui marche.",
        "Son résultat enregistré est lu comme une valeur tapée ; seule une erreur, ou un "
        "résultat jamais enregistré, se dit.",
    ),
)
def erreur_du_tableur(liens: Liens) -> Iterator[Fait]:
    for ligne, colonne, illisible in _illisibles(liens, *_FAUTES_DU_TABLEUR):
        yield sur(ligne, colonne.id, faute=_FAUTES_DU_TABLEUR[illisible.motif])


@regle(
    "CEL-016",
    Gravite.ERREUR,
    "2",
    message="Pour {nom}, « {libelle} » contient « {valeur} » ; il faut {bornes}.",
    pourquoi="Un nombre hors de ses bornes est presque toujours une faute de frappe.",
    corriger="Vérifier le nombre et le corriger.",
    doute=(
        "Un grand montant, mais juste.",
        "Les bornes du modèle sont larges (un délai de 0 à 36 mois, un montant d'au moins zéro).",
    ),
)
def nombre_hors_bornes(liens: Liens) -> Iterator[Fait]:
    for ligne, colonne, _ in _illisibles(liens, Motif.BORNES):
        yield sur(ligne, colonne.id, bornes=dire_les_bornes(colonne))


@regle(
    "CEL-017",
    Gravite.AVERTISSEMENT,
    "2",
    message="Pour {nom}, « {libelle} » contient « {tape} », tapé comme un texte : "
    "le tableur n'y voit pas {chose}.",
    pourquoi="Une date ou un nombre tapé comme un texte se comprend, mais la feuille n'en calcule "
    "rien : ni échéance, ni somme.",
    corriger="Effacer la cellule, puis retaper {propre}.",
    doute=(
        "La date s'affiche bien, et pourtant c'est un texte.",
        "Le contrôle regarde ce que le tableur a enregistré ; la valeur est comprise et "
        "utilisée, le constat dit seulement que la feuille, elle, n'en calcule rien.",
    ),
)
def valeur_tapee_en_texte(liens: Liens) -> Iterator[Fait]:
    for feuille in liens.modele.registres:
        natives = [colonne for colonne in feuille.saisies if colonne.genre in NATIFS]
        for ligne in liens.etat.lignes(feuille.id):
            for colonne in natives:
                if est_tape_en_texte(colonne, ligne):
                    tape, propre = ligne.cellules[colonne.id].texte, afficher(ligne[colonne.id])
                    chose = "une date" if colonne.genre in DATES else "un nombre"
                    yield sur(ligne, colonne.id, tape=tape, chose=chose, propre=propre)


def _lignes(liens: Liens) -> Iterator[tuple[Feuille, Ligne]]:
    for feuille in liens.modele.feuilles:
        for ligne in liens.etat.lignes(feuille.id):
            yield feuille, ligne


def _illisibles(liens: Liens, *motifs: Motif) -> Iterator[tuple[Ligne, Colonne, Illisible]]:
    for ligne, colonne, illisible in liens.etat.illisibles:
        if illisible.motif in motifs:
            yield ligne, colonne, illisible


def _depend_d_une_absente(colonne: Colonne, ligne: Ligne) -> bool:
    """Vrai si l'exigence part du vide d'une colonne que la feuille n'a pas."""
    essais = colonne.obligatoire_si.essais() if colonne.obligatoire_si else ()
    return any(isinstance(essai, Vide) and not ligne.lieu.a(essai.colonne) for essai in essais)
