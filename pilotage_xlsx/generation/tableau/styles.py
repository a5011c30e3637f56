"""Les styles du tableau de bord."""

from __future__ import annotations

from pilotage_xlsx.socle.tableur import BLEU, DATE, GRIS, TRAIT, Classeur
from pilotage_xlsx.socle.typographie import phraser

_D_ICI_AU = phraser("À faire d'ici au ")

_TRAIT = {"bottom": 1, "bottom_color": TRAIT}


class StylesDuTableau:
    """Un style par emploi ; ``cachee`` est sans renvoi à la ligne, que LibreOffice paierait."""

    def __init__(self, classeur: Classeur) -> None:
        self.texte = classeur.style("texte", **_TRAIT)
        self.texte_libre = classeur.style("texte", text_wrap=False, **_TRAIT)
        self.date = classeur.style("date", **_TRAIT)
        self.lien = classeur.style("lien", text_wrap=True, **_TRAIT)
        self.nombre = classeur.style("entier", **_TRAIT)
        self.legende = classeur.style("legende")
        self.cachee = classeur.style("legende")
        self.etiquette = classeur.style("phrase")
        self.grand = classeur.style("titre", font_size=22, align="left", valign="vcenter")
        self.francs = classeur.style(
            "titre",
            font_size=22,
            align="left",
            valign="vcenter",
            num_format='"CHF "#,##0',
            shrink=True,
        )
        self.detail = classeur.style("legende", italic=False)
        self.du_jour = classeur.style(
            "phrase", align="left", bold=True, num_format=f'"Situation au "{DATE}'
        )
        self.horizon = classeur.style("sous_titre", align="left", num_format=f'"{_D_ICI_AU}"{DATE}')
        self.titre = classeur.style("titre", valign="vcenter")
        self.sous_titre = classeur.style("sous_titre")
        self.entete = classeur.style("entete")
        self.phrase = classeur.style("phrase")
        self.trait = classeur.style("texte", top=1, top_color=BLEU, font_color=GRIS)
