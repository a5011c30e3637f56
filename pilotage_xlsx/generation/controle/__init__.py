"""La feuille Contrôle : ce qui manque, feuille par feuille, et un lien vers la première cellule.

Elle aide, elle ne fait pas foi : `verifier` relit tout. Ses formules comptent les signes des lignes
(`bilan`), dans les colonnes cachées des registres ; chacune porte sa valeur juste. Ce qui a été
effacé se dit d'abord : rien n'est « Complet » s'il manque une feuille ou une colonne.
"""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from pilotage_xlsx.generation.controle.comptes import (
    AUCUNE,
    COLONNE,
    LIGNE,
    Compte,
    Premiere,
    compter_la_fiche,
    compter_le_registre,
    listes_absentes,
)
from pilotage_xlsx.generation.controle.sortes import (
    NOMS,
    SORTES,
    Famille,
    dire_ensemble,
    formuler_ensemble,
)
from pilotage_xlsx.generation.liens import adresser, nom_de_feuille
from pilotage_xlsx.generation.plan import Plan
from pilotage_xlsx.generation.reperes import lier_au_sommaire
from pilotage_xlsx.generation.syntaxe import citer, proteger
from pilotage_xlsx.metier.bilan import relever
from pilotage_xlsx.metier.etat import PROPOSEE, Etat
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.tableur import (
    BLEU,
    FAUTE,
    TRAIT,
    Classeur,
    ecrire,
    ecrire_phrase,
    mettre_en_page,
)
from pilotage_xlsx.socle.typographie import FINE, phraser

FEUILLE = "Contrôle"
_ENTETE = 6
_PREMIERE = _ENTETE + 1
_TITRES = (
    ("Feuille", 26),
    ("Lignes suivies", 11),
    ("Lignes complètes", 11),
    *((sorte.titre, 12) for sorte in SORTES),
    ("Par où commencer", 44),
)
_LARGEUR = len(_TITRES)
_NOM = _LARGEUR + 1
_SANS_ETAT, _PREMIERE_SANS_ETAT, _ABSENTE = range(_NOM + 1, _NOM + 4)
_DES_SORTES = _ABSENTE + 1
_FIN = _DES_SORTES + 2 * len(SORTES) - 1
"""Colonnes cachées : le nom de la feuille tel qu'il est ; ses lignes sans état, la première ; ce
qui y manque ; puis, par sorte, la ligne et la colonne de sa première cellule."""

SANS_ETAT = f"${lettres_de(_SANS_ETAT)}$1"
"""La cellule qui compte les lignes sans état de tout le classeur."""

_SANS_ETAT_UNE = (
    "Une ligne sans état, qui ne compte nulle part. Recopiez-la, sans la colonne État, dans la "
    "première ligne libre du tableau, puis supprimez-la."
)
_SANS_ETAT_PLUSIEURS = (
    " lignes sans état, qui ne comptent nulle part. Recopiez-les, sans la colonne État, dans les "
    "premières lignes libres du tableau, puis supprimez-les."
)
_RETOUR = phraser(
    ". Dans LibreOffice : Ctrl+Z tout de suite. Dans Excel : fermez sans enregistrer. Sinon, "
    "reprenez la copie d'hier."
)


def ecrire_controle(classeur: Classeur, plan: Plan, etat: Etat, pied: str) -> None:
    """Écrit la feuille et la protège, sans mot de passe : elle se lit, elle ne se remplit pas."""
    feuille = classeur.feuille(FEUILLE, onglet="#3E74A8")
    _ecrire_tete(classeur, feuille)
    comptes = [compter_la_fiche(plan.fiche, etat)]
    for rang, registre in enumerate(plan.registres):
        releve = relever(etat, registre.feuille)
        comptes.append(compter_le_registre(registre, releve, est_le_premier=not rang))
    _Page(classeur, feuille, plan, comptes).ecrire(etat)
    lier_au_sommaire(classeur, feuille, _LARGEUR)
    feuille.set_column(_NOM - 1, _FIN - 1, 12, None, {"hidden": True})
    feuille.freeze_panes(_ENTETE, 1)
    feuille.protect(options={"select_locked_cells": True, "format_columns": True})
    mettre_en_page(feuille, pied, entete=_ENTETE - 1)


def _ecrire_tete(classeur: Classeur, feuille: Worksheet) -> None:
    feuille.set_row(0, 26)
    ecrire(feuille, 0, 0, FEUILLE, classeur.style("titre", valign="vcenter"))
    phrase = "Ce qui manque, feuille par feuille. Cette feuille se calcule seule, à chaque frappe."
    ecrire_phrase(feuille, 1, 0, phrase, classeur.style("phrase"))
    feuille.set_row(_ENTETE - 1, 34)
    for rang, (titre, largeur) in enumerate(_TITRES):
        feuille.set_column(rang, rang, largeur)
        ecrire(feuille, _ENTETE - 1, rang, titre, classeur.style("entete"))


class _Page:
    """Les formules de la feuille, et leurs valeurs."""

    def __init__(
        self, classeur: Classeur, feuille: Worksheet, plan: Plan, comptes: Sequence[Compte]
    ) -> None:
        self.classeur = classeur
        self.feuille = feuille
        self.plan = plan
        self.comptes = comptes
        self.derniere = _PREMIERE + len(comptes) - 1
        self.total = self.derniere + 1

    def ecrire(self, etat: Etat) -> None:
        """Les feuilles, le total, les sortes, puis ce qui se lit d'abord, en haut."""
        for numero, compte in enumerate(self.comptes, _PREMIERE):
            self._ecrire_compte(compte, numero)
        self._ecrire_total()
        self._ecrire_les_sortes(self.total + 3)
        self._ecrire_a_confirmer(self.total + 3 + len(SORTES), etat)
        self._ecrire_ensemble()
        self._ecrire_absences()
        self._ecrire_sans_etat()

    def _calculer(
        self, ligne: int, rang: int, formule: str, valeur: object, **style: object
    ) -> None:
        nom = style.pop("nom", "legende")
        format_ = self.classeur.style(str(nom), **style)
        self.feuille.write_formula(ligne - 1, rang - 1, f"={formule}", format_, valeur)

    def _ecrire_compte(self, compte: Compte, numero: int) -> None:
        trait = {"bottom": 1, "bottom_color": TRAIT}
        lien = f"internal:{citer(compte.feuille)}!A1"
        style = self.classeur.style("lien", **trait)
        self.feuille.write_url(numero - 1, 0, lien, style, compte.feuille)
        lignes, completes, par_sorte = compte.valeurs
        nombres = [(compte.lignes, lignes), (compte.completes, completes)]
        nombres += [(compte.par_sorte[sorte], par_sorte[sorte]) for sorte in SORTES]
        for rang, (formule, valeur) in enumerate(nombres, 2):
            self._calculer(numero, rang, formule, valeur, nom="texte", align="center", **trait)
        self._cacher(compte, numero)
        self._lier_la_premiere(compte, numero)

    def _cacher(self, compte: Compte, numero: int) -> None:
        self._calculer(numero, _NOM, nom_de_feuille(compte.feuille), compte.feuille)
        self._calculer(numero, _SANS_ETAT, compte.sans_etat, 0)
        self._calculer(numero, _ABSENTE, compte.absente, "")
        if compte.premiere_sans_etat:
            place = (numero - 1, _PREMIERE_SANS_ETAT - 1) * 2
            style, formule = self.classeur.style("legende"), f"={compte.premiere_sans_etat}"
            self.feuille.write_array_formula(*place, formule, style, AUCUNE)
        for sorte, premiere in compte.premieres.items():
            ou_ligne, ou_colonne = self._places(sorte, numero)
            ligne, colonne = premiere.place or (AUCUNE, "")
            rang = _DES_SORTES + 2 * SORTES.index(sorte)
            self._calculer(numero, rang, premiere.ligne, ligne)
            formule = premiere.colonne.replace(LIGNE, ou_ligne).replace(COLONNE, ou_colonne)
            self._calculer(numero, rang + 1, formule, colonne)

    @staticmethod
    def _places(sorte: Famille, numero: int) -> tuple[str, str]:
        rang = _DES_SORTES + 2 * SORTES.index(sorte)
        return f"${lettres_de(rang)}{numero}", f"${lettres_de(rang + 1)}{numero}"

    def _lien(self, compte: Compte, numero: int, sorte: Famille) -> tuple[str, str, str]:
        """Vrai s'il y en a une, le lien vers elle, et sa valeur."""
        ligne, colonne = self._places(sorte, numero)
        nom, premiere = f"${lettres_de(_NOM)}{numero}", compte.premieres[sorte]
        titre = premiere.titre.replace(LIGNE, ligne).replace(COLONNE, colonne)
        dit = f'{nom}&", ligne "&{ligne}&"{FINE}: "&{titre}'
        lien = f"HYPERLINK({adresser(nom, ligne, colonne)},{dit})"
        return f"{ligne}<{AUCUNE}", lien, _dire(compte, premiere)

    def _lier_la_premiere(self, compte: Compte, numero: int) -> None:
        """D'abord ce qui est à corriger, puis à remplir, puis à clarifier ; sinon, où commencer."""
        formule, valeur = self._commencer(compte, numero)
        for sorte in reversed([sorte for sorte in SORTES if sorte is not NOMS]):
            est_la, lien, dite = self._lien(compte, numero, sorte)
            formule, valeur = f"IF({est_la},{lien},{formule})", dite or valeur
        trait = {"bottom": 1, "bottom_color": TRAIT}
        self._calculer(numero, _LARGEUR, formule, valeur, nom="lien", text_wrap=True, **trait)

    @staticmethod
    def _commencer(compte: Compte, numero: int) -> tuple[str, str]:
        """La première cellule du premier registre, tant que rien n'y est inscrit."""
        debut = compte.a_commencer
        if debut is None:
            return '""', ""
        nom = f"${lettres_de(_NOM)}{numero}"
        suite = f", ligne {debut.ligne}{FINE}: {debut.titre}"
        ou = adresser(nom, str(debut.ligne), str(debut.colonne))
        lien = f'IF({debut.vide},HYPERLINK({ou},{nom}&"{proteger(suite)}"),"")'
        return lien, f"{compte.feuille}{suite}" if debut.est_vide else ""

    def _ecrire_total(self) -> None:
        """Toutes les feuilles, la fiche comprise, dont les réponses ne sont pas des lignes."""
        gras = {"top": 1, "top_color": BLEU}
        ecrire(self.feuille, self.total - 1, 0, "Total", self.classeur.style("gras", **gras))
        for rang, valeur in enumerate(self._totaux(), 2):
            ou = lettres_de(rang)
            formule = f"SUM({ou}{_PREMIERE}:{ou}{self.derniere})"
            self._calculer(self.total, rang, formule, valeur, nom="gras", align="center", **gras)

    def _totaux(self) -> Sequence[int]:
        lignes = [compte.valeurs for compte in self.comptes[1:]]
        par_sorte = [sum(c.valeurs[2][sorte] for c in self.comptes) for sorte in SORTES]
        return [sum(int(v[0]) for v in lignes), sum(int(v[1]) for v in lignes), *par_sorte]

    def _ecrire_les_sortes(self, debut: int) -> None:
        """Une ligne par sorte : combien, et un lien vers la première de tout le classeur."""
        style = self.classeur.style("sous_titre")
        ecrire_phrase(self.feuille, debut - 2, 0, "La première de chaque sorte", style)
        for numero, sorte in enumerate(SORTES, debut):
            ecrire(self.feuille, numero - 1, 0, sorte.titre, self.classeur.style("texte"))
            ou = f"{lettres_de(SORTES.index(sorte) + 4)}{self.total}"
            valeur = self._totaux()[SORTES.index(sorte) + 2]
            self._calculer(numero, 2, ou, valeur, nom="texte", align="center")
            formule, dite = '""', ""
            for place, compte in reversed([*enumerate(self.comptes, _PREMIERE)]):
                est_la, lien, vue = self._lien(compte, place, sorte)
                formule, dite = f"IF({est_la},{lien},{formule})", vue or dite
            self._calculer(numero, 3, formule, dite, nom="lien")

    def _ecrire_a_confirmer(self, numero: int, etat: Etat) -> None:
        """Les lignes proposées d'avance, comptées à part."""
        proposes = [r for r in self.plan.registres if r.feuille.a_confirmer]
        comptes = (f'COUNTIF({r.plage_technique("signes")},"{PROPOSEE}*")' for r in proposes)
        formule = "+".join(f"IFERROR({compte},0)" for compte in comptes) or "0"
        vus = sum(len(etat.a_confirmer(registre.feuille.id)) for registre in proposes)
        style = self.classeur.style("texte")
        ecrire_phrase(self.feuille, numero - 1, 0, "Lignes proposées, à confirmer", style)
        self._calculer(numero, 2, formule, vus, nom="texte", align="center")

    def _ecrire_ensemble(self) -> None:
        lignes, _, *comptes = self._totaux()
        cellules = [f"{lettres_de(rang)}{self.total}" for rang in range(2, 4 + len(SORTES))]
        phrase = formuler_ensemble(cellules[0], cellules[2:], SANS_ETAT)
        formule = (
            f'IF({self._absences()}<>"","Incomplet{FINE}: une partie du classeur manque",{phrase})'
        )
        valeur = dire_ensemble(lignes, comptes)
        self._calculer(4, 1, formule, valeur, nom="sous_titre", font_size=14)

    def _absences(self) -> str:
        rangs = range(_PREMIERE, self.total + 1)
        return "&".join(f"${lettres_de(_ABSENTE)}${rang}" for rang in rangs)

    def _plage(self, rang: int) -> str:
        return f"${lettres_de(rang)}${_PREMIERE}:${lettres_de(rang)}${self.derniere}"

    def _ecrire_absences(self) -> None:
        """Ce qui a été effacé, et le geste qui le rend, avant tout le reste.

        Sous les autres, les listes : sans elles, plus de menus.
        """
        self._calculer(self.total, _ABSENTE, listes_absentes(), "")
        dites = self._absences()
        formule = f'IF({dites}="","","Il manque{FINE}: "&MID({dites},4,250)&"{_RETOUR}")'
        self._calculer(3, 1, formule, "", font_color=FAUTE, bold=True, italic=False)

    def _ecrire_sans_etat(self) -> None:
        """Les lignes que rien ne compte, le geste qui les remet, et où est la première."""
        self._calculer(1, _SANS_ETAT, f"SUM({self._plage(_SANS_ETAT)})", 0)
        dire = f'IF({SANS_ETAT}=1,"{_SANS_ETAT_UNE}",{SANS_ETAT}&"{_SANS_ETAT_PLUSIEURS}")'
        cible = '""'
        for numero in range(self.derniere, _PREMIERE, -1):
            nom, combien, ligne = (
                f"${lettres_de(rang)}${numero}" for rang in (_NOM, _SANS_ETAT, _PREMIERE_SANS_ETAT)
            )
            ici = adresser(nom, f"IF({ligne}<{AUCUNE},{ligne},1)", "1")
            cible = f"IF({combien}>0,{ici},{cible})"
        formule = f'IF({SANS_ETAT}=0,"",HYPERLINK({cible},{dire}))'
        self._calculer(_ENTETE - 1, 1, formule, "", nom="lien", font_color=FAUTE, bold=True)


def _dire(compte: Compte, premiere: Premiere) -> str:
    """La valeur d'un lien : « Outils, ligne 12 : Criticité »."""
    if premiere.place is None:
        return ""
    return f"{compte.feuille}, ligne {premiere.place[0]}{FINE}: {premiere.nom}"
