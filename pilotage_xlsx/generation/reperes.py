"""Les repères en haut des feuilles : revenir au sommaire, le prochain numéro à donner."""

from __future__ import annotations

from itertools import accumulate

from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.numeros import prochain_numero
from pilotage_xlsx.generation.plan import Plan, PlanDeRegistre, est_en_vue
from pilotage_xlsx.generation.syntaxe import citer
from pilotage_xlsx.generation.zone import Zone
from pilotage_xlsx.socle.tableur import Classeur
from pilotage_xlsx.socle.typographie import phraser

SOMMAIRE = "Lisez-moi"
_LARGEUR_D_ECRAN, _LARGEUR_ETAT = 150, 26
_PROCHAIN = phraser("Prochain numéro : ")
_SANS_ANNEE = phraser(f"{_PROCHAIN}dès que la feuille Commune dit l'année du rapport")


def lier_au_sommaire(classeur: Classeur, feuille: Worksheet, rang: int) -> None:
    """Le lien de retour, sur la première ligne, dans la colonne ``rang`` (dès 1)."""
    lien, style = f"internal:{citer(SOMMAIRE)}!A1", classeur.style("lien", align="right")
    feuille.write_url(0, rang - 1, lien, style, "← Lisez-moi", "Revenir au sommaire")


def lier_les_registres(classeur: Classeur, plan: Plan) -> None:
    """Le lien de retour de chaque registre, en haut à droite du premier écran."""
    for registre in plan.registres:
        feuille = classeur.livre.get_worksheet_by_name(registre.feuille.libelle)
        lier_au_sommaire(classeur, feuille, _rang_a_droite(registre))


def _rang_a_droite(plan: PlanDeRegistre) -> int:
    """La dernière colonne dépliée qui tient sur un écran ordinaire."""
    visibles = [case for case in plan.cases if case.colonne and est_en_vue(case.colonne)]
    largeurs = (case.colonne.largeur for case in visibles if case.colonne)
    bords = list(accumulate(largeurs, initial=_LARGEUR_ETAT))[1:]
    places = zip(visibles, bords, strict=True)
    return max(case.rang for case, bord in places if bord <= _LARGEUR_D_ECRAN)


def proposer_les_numeros(classeur: Classeur, plan: Plan, annee: int | None) -> None:
    """Au-dessus de chaque registre numéroté, le prochain numéro : la formule et sa valeur."""
    for registre in plan.registres:
        if registre.feuille.prefixe:
            feuille = classeur.livre.get_worksheet_by_name(registre.feuille.libelle)
            numero = annee and prochain_numero(registre.feuille, registre.lignes, annee)
            valeur = f"{_PROCHAIN}{numero}" if numero else _SANS_ANNEE
            prochain, style = Zone(registre).prochain, classeur.style("gras", text_wrap=False)
            formule = f'=IF({prochain}="","{_SANS_ANNEE}","{_PROCHAIN}"&{prochain})'
            feuille.write_formula(registre.ligne_legende - 1, 0, formule, style, valeur)
