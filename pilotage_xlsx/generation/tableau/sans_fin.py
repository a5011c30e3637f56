"""La liste des contrats sans date de fin : une fin qui manque ne doit jamais disparaître."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pilotage_xlsx.generation.liens import adresse, adresser
from pilotage_xlsx.generation.mots import Mots
from pilotage_xlsx.generation.plan import Plan
from pilotage_xlsx.generation.syntaxe import blanchir, citer, un_de
from pilotage_xlsx.generation.tableau.disposition import (
    ADRESSE,
    ET_ENCORE,
    POSITION,
    SANS_FIN_MONTRES,
    Calculee,
    Disposition,
    montrer,
)
from pilotage_xlsx.generation.tableau.styles import StylesDuTableau
from pilotage_xlsx.generation.techniques import code_de
from pilotage_xlsx.modele.sens import DUREE_INDETERMINEE
from pilotage_xlsx.registre import Ligne
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.typographie import phraser

INDETERMINE, A_INSCRIRE = "durée indéterminée", "date de fin à inscrire"


class ListeSansFin:
    """Les cellules de la liste : leurs formules, et leurs valeurs."""

    def __init__(
        self,
        plan: Plan,
        disposition: Disposition,
        outils: Sequence[Ligne],
        styles: StylesDuTableau,
    ) -> None:
        self.plan = plan
        self.ou = disposition
        self.registre = plan.registre("outils")
        self.outils = outils
        self.ordres = self.registre.plage_technique("sans_fin")
        self.styles = {
            POSITION: styles.cachee,
            ADRESSE: styles.cachee,
            "A": styles.lien,
            "B": styles.texte_libre,
            "D": styles.texte_libre,
        }
        self.sous_titre, self.legende = styles.sous_titre, styles.legende

    def cellules(self) -> Iterator[Calculee]:
        """Le titre et son compte, les lignes, puis le nombre de celles qui n'y tiennent pas."""
        compte, juste = f"IFERROR(COUNT({self.ordres}),0)", len(self.outils)
        titre = phraser("Contrats sans date de fin : ")
        formule = f'="{titre}"&{compte}'
        yield Calculee(
            f"A{self.ou.premier_sans_fin - 1}", formule, f"{titre}{juste}", self.sous_titre
        )
        for rang in range(1, SANS_FIN_MONTRES + 1):
            yield from self._ligne(self.ou.premier_sans_fin + rang - 1, rang)
        reste = f"{compte}-{SANS_FIN_MONTRES}"
        formule = f'=IF({reste}>0,"{ET_ENCORE}"&({reste})&", dans la feuille Outils.","")'
        manque = juste - SANS_FIN_MONTRES
        texte = f"{ET_ENCORE}{manque}, dans la feuille Outils." if manque > 0 else ""
        ou = f"A{self.ou.premier_sans_fin + SANS_FIN_MONTRES}"
        yield Calculee(ou, formule, texte, self.legende)

    def _ligne(self, ligne: int, rang: int) -> Iterator[Calculee]:
        outil = self.outils[rang - 1] if rang <= len(self.outils) else None
        valeurs = self._valeurs(outil) if outil else {}
        for ou, formule in self._formules(ligne, rang).items():
            yield Calculee(f"{ou}{ligne}", f"={formule}", valeurs.get(ou, ""), self.styles[ou])

    def _formules(self, ligne: int, rang: int) -> Mapping[str, str]:
        position = f"${POSITION}{ligne}"
        ou = lettres_de(self.registre.rang("nom"))
        cle = f"{citer(self.registre.feuille.libelle)}!${ou}${self.registre.ligne_entete}"
        fin = f'IF({self._est_indetermine(position)},"{INDETERMINE}","{A_INSCRIRE}")'
        formules = {
            ADRESSE: adresser(self.ou.nom_de(0), f"ROW({cle})+{position}", f"COLUMN({cle})"),
            "A": f"HYPERLINK(${ADRESSE}{ligne},{self._texte('nom', position)})",
            "B": fin,
            "D": self._texte("prestataire", position),
        }
        gardees = {ou: f'IF({position}="","",{formule})' for ou, formule in formules.items()}
        return {POSITION: f'IFERROR(SMALL({self.ordres},{rang}),"")', **gardees}

    def _est_indetermine(self, position: str) -> str:
        colonne = self.registre.feuille.par_id[DUREE_INDETERMINEE.colonne]
        mots = Mots(self.plan.modele, colonne)
        code = f"INDEX({self.registre.plage_technique(code_de(colonne))},1+{position})"
        libelles = self.plan.modele.libelles(DUREE_INDETERMINEE)
        return un_de([f'{code}="{mots.code(libelle)}"' for libelle in libelles])

    def _texte(self, nom: str, position: str) -> str:
        plage = self.registre.plage(nom)
        return blanchir(f'IFERROR(INDEX({plage},1+{position})&"","")')

    def _valeurs(self, outil: Ligne) -> Mapping[str, float | str]:
        position = self.registre.lignes.index(outil) + 1
        libelles = self.plan.modele.libelles(DUREE_INDETERMINEE)
        est_indetermine = outil["renouvellement"] in libelles
        ligne, rang = self.registre.ligne_entete + position, self.registre.rang("nom")
        return {
            POSITION: position,
            ADRESSE: adresse(self.registre.feuille.libelle, ligne, rang),
            "A": montrer(outil, "nom"),
            "B": INDETERMINE if est_indetermine else A_INSCRIRE,
            "D": montrer(outil, "prestataire"),
        }
