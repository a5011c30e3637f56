"""La liste des contrats sans date de fin : une fin qui manque ne doit jamais disparaître."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pilotage_xlsx.generation.echeancier import Echeancier, plage_de
from pilotage_xlsx.generation.plan import Plan
from pilotage_xlsx.generation.syntaxe import blanchir
from pilotage_xlsx.generation.tableau.places import (
    ADRESSE,
    NOM,
    POSITION,
    PREMIER_SANS_FIN,
    SANS_FIN,
    SANS_FIN_MONTRES,
    Calculee,
    Segment,
    adresse_de,
    colonne,
    en_tete_de_cle,
    lier,
    montrer,
)
from pilotage_xlsx.generation.tableau.styles import StylesDuTableau
from pilotage_xlsx.modele.sens import DUREE_INDETERMINEE
from pilotage_xlsx.registre import Ligne

INDETERMINE, A_INSCRIRE = "durée indéterminée", "date de fin à inscrire"


class ListeSansFin:
    """Les cellules de la liste : leurs formules, et leurs valeurs."""

    def __init__(
        self, plan: Plan, segment: Segment, outils: Sequence[Ligne], styles: StylesDuTableau
    ) -> None:
        self.plan = plan
        self.registre = segment.registre
        self.outils = outils
        self.ordres = colonne(SANS_FIN, segment.fin)
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
        compte, juste = f"COUNT({self.ordres})", len(self.outils)
        titre = "Contrats sans date de fin : "
        formule = f'="{titre}"&{compte}'
        yield Calculee(f"A{PREMIER_SANS_FIN - 1}", formule, f"{titre}{juste}", self.sous_titre)
        for rang in range(1, SANS_FIN_MONTRES + 1):
            yield from self._ligne(PREMIER_SANS_FIN + rang - 1, rang)
        reste = f"{compte}-{SANS_FIN_MONTRES}"
        formule = f'=IF({reste}>0,"Et encore : "&({reste})&", dans la feuille Outils.","")'
        manque = juste - SANS_FIN_MONTRES
        texte = f"Et encore : {manque}, dans la feuille Outils." if manque > 0 else ""
        ou = f"A{PREMIER_SANS_FIN + SANS_FIN_MONTRES}"
        yield Calculee(ou, formule, texte, self.legende)

    def _ligne(self, ligne: int, rang: int) -> Iterator[Calculee]:
        outil = self.outils[rang - 1] if rang <= len(self.outils) else None
        valeurs = self._valeurs(outil) if outil else {}
        for ou, formule in self._formules(ligne, rang).items():
            yield Calculee(f"{ou}{ligne}", f"={formule}", valeurs.get(ou, ""), self.styles[ou])

    def _formules(self, ligne: int, rang: int) -> Mapping[str, str]:
        position, cle = f"${POSITION}{ligne}", en_tete_de_cle(self.registre)
        outil = Echeancier(self.plan, self.registre, position=position)
        adresse = lier(f"${NOM}$1", f"ROW({cle})+{position}", f"COLUMN({cle})")
        fin = f'IF({outil.a_duree_indeterminee()},"{INDETERMINE}","{A_INSCRIRE}")'
        lien = f"HYPERLINK(${ADRESSE}{ligne},{self._texte('nom', position)})"
        formules = {
            ADRESSE: adresse,
            "A": lien,
            "B": fin,
            "D": self._texte("prestataire", position),
        }
        gardees = {ou: f'IF({position}="","",{formule})' for ou, formule in formules.items()}
        return {POSITION: f'IFERROR(SMALL({self.ordres},{rang}),"")', **gardees}

    def _texte(self, nom: str, position: str) -> str:
        plage = plage_de(self.registre, self.registre.rang(nom))
        return blanchir(f'IFERROR(INDEX({plage},1+{position})&"","")')

    def _valeurs(self, outil: Ligne) -> Mapping[str, float | str]:
        position = self.registre.lignes.index(outil) + 1
        libelles = self.plan.modele.libelles(DUREE_INDETERMINEE)
        est_indetermine = outil["renouvellement"] in libelles
        return {
            POSITION: position,
            ADRESSE: adresse_de(self.registre, position),
            "A": montrer(outil, "nom"),
            "B": INDETERMINE if est_indetermine else A_INSCRIRE,
            "D": montrer(outil, "prestataire"),
        }
