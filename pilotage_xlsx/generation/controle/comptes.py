"""Les comptes d'une feuille du classeur : des formules, et leurs valeurs.

Ils comptent les signes (`Etat.signes`) des lignes d'un registre, ou des réponses de la fiche, dans
leurs colonnes cachées. Une feuille effacée compte zéro, et se dit (`absente`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from pilotage_xlsx.generation.controle.sortes import SORTES, Famille
from pilotage_xlsx.generation.plan import (
    COLONNE_QUESTIONS,
    COLONNE_REPONSES,
    COLONNE_SIGNES,
    RANG_GAUCHE,
    PlanDeFiche,
    PlanDeRegistre,
)
from pilotage_xlsx.generation.syntaxe import citer, proteger
from pilotage_xlsx.generation.zone import Zone
from pilotage_xlsx.metier.bilan import Releve
from pilotage_xlsx.metier.etat import Etat
from pilotage_xlsx.modele import LISTES
from pilotage_xlsx.registre.saisie import TOTAUX
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.typographie import FINE

AUCUNE = 1_000_000
"""La ligne que rend la formule quand il n'y a pas de première cellule."""

LIGNE, COLONNE = "\x01", "\x02"
"""Tiennent lieu des cellules d'une `Premiere` : des signes qu'aucun nom de feuille n'admet."""


class Premiere(msgspec.Struct, frozen=True):
    """La première cellule d'une sorte : les formules de sa ligne, de sa colonne, de son titre.

    Dans les deux dernières, `LIGNE` et `COLONNE` tiennent lieu des cellules des deux premières.
    ``place`` et ``nom`` en sont les valeurs, s'il y en a une.
    """

    ligne: str
    colonne: str
    titre: str
    place: tuple[int, int] | None = None
    nom: str = ""


class Debut(msgspec.Struct, frozen=True):
    """La cellule où commencer un registre vide : la formule qui le dit vide, sa place, son titre ;
    ``est_vide`` en est la valeur."""

    vide: str
    ligne: int
    colonne: int
    titre: str
    est_vide: bool


class Compte(msgspec.Struct, frozen=True):
    """Ce que Contrôle dit d'une feuille : ses lignes, puis un compte et un lien par sorte.

    ``sans_etat`` : les lignes qui ont une clé mais aucune formule, insérées ou tapées sous la
    table ; ``premiere_sans_etat`` en donne la première, en formule matricielle.
    """

    feuille: str
    lignes: str
    completes: str
    par_sorte: Mapping[Famille, str]
    premieres: Mapping[Famille, Premiere]
    absente: str
    valeurs: tuple[int | str, int | str, Mapping[Famille, int]]
    a_commencer: Debut | None = None
    sans_etat: str = "0"
    premiere_sans_etat: str = ""


def compter_le_registre(
    plan: PlanDeRegistre, releve: Releve, *, est_le_premier: bool = False
) -> Compte:
    """Les comptes d'un registre ; le premier, vide, dit où commencer."""
    signes = plan.plage_technique("signes")
    rien = ",".join(f"{plan.plage_technique(nom)},0" for nom in ("manquent", "a_corriger"))
    return Compte(
        plan.feuille.libelle,
        f'IFERROR(COUNTIF({signes},"V*"),0)',
        f'IFERROR(COUNTIFS({signes},"V*",{rien}),0)',
        {s: f"IFERROR(SUM({plan.plage_technique(s.technique)}),0)" for s in SORTES},
        {sorte: _premiere_du_registre(plan, releve, sorte) for sorte in SORTES},
        _absente(plan),
        (releve.en_vigueur, releve.completes, {s: releve.comptes[s.signes] for s in SORTES}),
        _debut(plan) if est_le_premier else None,
        f"IFERROR({_compter_sans_etat(plan)},0)",
        _premiere_sans_etat(plan),
    )


def _debut(plan: PlanDeRegistre) -> Debut:
    cles, _ = _cles_et_textes(plan)
    cle = plan.feuille.par_id[plan.feuille.cle or ""]
    vide, place = f'IFERROR(COUNTIF({cles},"<>")<2,FALSE)', plan.rang(cle.id)
    return Debut(vide, plan.premiere, place, cle.libelle, not plan.lignes)


def _premiere_du_registre(plan: PlanDeRegistre, releve: Releve, sorte: Famille) -> Premiere:
    signes, feuille = plan.plage_technique("signes"), citer(plan.feuille.libelle)
    places = (f'IFERROR(MATCH("V*{signe}*",{signes},0),{AUCUNE})' for signe in sorte.cherches)
    avant = plan.ligne_entete - 1
    dans_la_table = f"{LIGNE}-ROW({feuille}!$A${plan.ligne_entete})+1"
    vus = f"INDEX({signes},{dans_la_table})"
    rangs = ",".join(f'IFERROR(FIND("{signe}",{vus}),99)' for signe in sorte.signes)
    zone = f"{feuille}!{Zone(plan).places}"
    bord = f"COLUMNS({feuille}!{plan.rangee_des_entetes})"
    place = f"INDEX({zone},1,MIN({rangs})-1)"
    entetes = f"{feuille}!$A${plan.ligne_entete}:${lettres_de(plan.largeur)}${plan.ligne_entete}"
    vue = releve.premieres.get(sorte.signes)
    ou = None
    if vue:
        ou = plan.premiere + plan.lignes.index(vue[0]), plan.rang(vue[1].id)
    return Premiere(
        f"MIN({AUCUNE},MIN({','.join(places)})+{avant})",
        f'IF({LIGNE}>={AUCUNE},"",IFERROR(IF({place}={bord},1,{place}+{RANG_GAUCHE - 1}),1))',
        f'IFERROR(INDEX({entetes},1,{COLONNE}),"")',
        ou,
        vue[1].libelle if vue else "",
    )


def _absente(plan: PlanDeRegistre) -> str:
    """Ce qui manque : la feuille, ou des colonnes ; rien si tout est là."""
    nom, perdues = (
        _nommer(plan.feuille.libelle),
        f"{citer(plan.feuille.libelle)}!{Zone(plan).perdues}",
    )
    colonnes = f'" · dans {nom}{FINE}: "&MID({perdues},3,200)'
    return f'IF(ISERROR({perdues})," · la feuille {nom}",IF({perdues}="","",{colonnes}))'


def listes_absentes() -> str:
    """La feuille des listes, effacée."""
    return f'IF(ISERROR({LISTES}!$A$1)," · la feuille {_nommer(LISTES)}","")'


def _nommer(feuille: str) -> str:
    """Le nom d'une feuille entre guillemets, dans un texte de formule."""
    return f"«{FINE}{proteger(feuille)}{FINE}»"


def _compter_sans_etat(plan: PlanDeRegistre) -> str:
    """Les clés tapées sans que la ligne ait ses formules ; un total n'en a pas besoin."""
    cles, textes = _cles_et_textes(plan)
    connues = f'COUNTIFS({cles},"<>",{textes},"{plan.feuille.id}*")'
    totaux = "".join(f'-COUNTIFS({cles},"{total}",{textes},"")' for total in TOTAUX)
    return f'COUNTIF({cles},"<>")-1-{connues}{totaux}'


def _premiere_sans_etat(plan: PlanDeRegistre) -> str:
    cles, textes = _cles_et_textes(plan)
    return f'IFERROR(MIN(IF(({cles}<>"")*({textes}=""),ROW({cles}),{AUCUNE})),{AUCUNE})'


def _cles_et_textes(plan: PlanDeRegistre) -> tuple[str, str]:
    cles = plan.plage(plan.feuille.cle or "")
    ou = lettres_de(plan.rang_technique("texte"))
    feuille = citer(plan.feuille.libelle)
    return cles, f"{feuille}!${ou}${plan.ligne_entete}:${ou}${plan.derniere_aidee}"


def compter_la_fiche(plan: PlanDeFiche, etat: Etat) -> Compte:
    """La fiche n'a pas de lignes : on y compte ses réponses."""
    signes = etat.signes(plan.feuille, etat.registre.commune)[1:]
    ou, feuille = f"${lettres_de(COLONNE_SIGNES)}", citer(plan.feuille.libelle)
    debut, fin = plan.ligne_entete, max(plan.lignes.values()) + 1
    ici = f"{feuille}!{ou}${debut}:{ou}${fin}"
    comptes = {
        sorte: "+".join(f'COUNTIF({ici},"{signe}")' for signe in sorte.cherches) for sorte in SORTES
    }
    vus = {sorte: sum(map(signes.count, sorte.signes)) for sorte in SORTES}
    manque = f" · la feuille {_nommer(plan.feuille.libelle)}"
    questions = f'" · des questions de {_nommer(plan.feuille.libelle)}"'
    toutes = f'COUNTIF({ici},"?")<{len(plan.lignes)}'
    return Compte(
        plan.feuille.libelle,
        '"–"',
        '"–"',
        {sorte: f"IFERROR({compte},0)" for sorte, compte in comptes.items()},
        {sorte: _premiere_de_la_fiche(plan, ici, signes, sorte) for sorte in SORTES},
        f'IF(ISERROR({feuille}!{ou}${debut}),"{manque}",IF({toutes},{questions},""))',
        ("–", "–", vus),
    )


def _premiere_de_la_fiche(
    plan: PlanDeFiche, ici: str, signes: Sequence[str] | str, sorte: Famille
) -> Premiere:
    feuille, question = citer(plan.feuille.libelle), lettres_de(COLONNE_QUESTIONS)
    places = (f'IFERROR(MATCH("{signe}",{ici},0),{AUCUNE})' for signe in sorte.cherches)
    paires = zip(plan.feuille.saisies, signes, strict=True)
    vue = next((colonne for colonne, signe in paires if signe in sorte.signes), None)
    fin = max(plan.lignes.values()) + 1
    return Premiere(
        f"MIN({AUCUNE},MIN({','.join(places)})+{plan.ligne_entete - 1})",
        f'IF({LIGNE}>={AUCUNE},"",{COLONNE_REPONSES})',
        f'IFERROR(INDEX({feuille}!${question}$1:${question}${fin},{LIGNE}),"")',
        (plan.lignes[vue.id], COLONNE_REPONSES) if vue else None,
        vue.libelle if vue else "",
    )
