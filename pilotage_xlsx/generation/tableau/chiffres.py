"""Les chiffres du tableau de bord : la rangée du haut, et l'année."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pilotage_xlsx.generation.plan import Plan
from pilotage_xlsx.generation.tableau.barres import dependances
from pilotage_xlsx.generation.tableau.comptes import ComptesDuTableau, comptes
from pilotage_xlsx.generation.tableau.places import (
    AUJOURD_HUI,
    COUT,
    JOUR,
    POIDS,
    PREMIERE_DE_L_ANNEE,
    PREMIERE_DES_PRESTATAIRES,
    Calculee,
    Segment,
    colonne,
)
from pilotage_xlsx.generation.tableau.styles import StylesDuTableau
from pilotage_xlsx.metier.chiffres.decisions import DECISIONS, DURABLES, EN_ATTENTE
from pilotage_xlsx.metier.chiffres.dependance import PAR_PRESTATAIRE
from pilotage_xlsx.metier.chiffres.incidents import INCIDENTS, TOUCHANTS
from pilotage_xlsx.metier.chiffres.parc import COUT_ANNUEL, EN_SERVICE, INDISPENSABLES
from pilotage_xlsx.metier.chiffres.signalements import RECUS
from pilotage_xlsx.metier.chiffres.tableau_de_bord import (
    IMPORTANTS,
    OUVERTS,
    PAR_CRITICITE,
    PAR_LIEU,
    SANS_DATE_DE_FIN,
)
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.mesure import Chiffre, Mesures
from pilotage_xlsx.metier.taches import a_faire, est_en_retard

LIGNE_NOMS, LIGNE_CHIFFRES, LIGNE_DETAILS = 4, 5, 6
NOMS = (
    ("A", "À faire"),
    ("B", "Incidents ouverts"),
    ("D", "Décisions en attente"),
    ("E", "Premier prestataire"),
    ("G", "Outils en service"),
    ("I", "Coût annuel connu"),
)
_PREMIER_NOM, _PREMIER_COMPTE = (f"{c}{PREMIERE_DES_PRESTATAIRES}" for c in "GH")
_SANS_ANNEE = "année à inscrire"
_INDISPENSABLES, _IMPORTANTS = "$H$9", "$H$10"
_MONTRES = (
    EN_SERVICE,
    INDISPENSABLES,
    IMPORTANTS,
    COUT_ANNUEL,
    PAR_CRITICITE,
    PAR_LIEU,
    PAR_PRESTATAIRE,
    DECISIONS,
    DURABLES,
    EN_ATTENTE,
    INCIDENTS,
    TOUCHANTS,
    OUVERTS,
    RECUS,
    SANS_DATE_DE_FIN,
)


def mesurer(liens: Liens) -> Mesures:
    """Tout ce que la feuille montre, au jour des liens et pour l'année de la fiche."""
    return Mesures.de(liens, liens.registre.annee, _MONTRES)


class GrandsChiffres:
    """Les cellules des chiffres : leurs formules, et leurs valeurs."""

    def __init__(
        self, plan: Plan, segments: Sequence[Segment], liens: Liens, mesures: Mesures
    ) -> None:
        self.plan = plan
        self.segments = segments
        self.liens = liens
        self.mesures = mesures
        self.annee = plan.annee_du_rapport()

    def cellules(self, styles: StylesDuTableau) -> Iterator[Calculee]:
        """Un grand chiffre et son détail par colonne, puis l'année."""
        grands = (self._taches(), self._incidents(), self._decisions(), self._prestataire())
        for (ou, _), (grand, detail) in zip(
            NOMS, (*grands, self._outils(), self._cout()), strict=True
        ):
            style = styles.francs if ou == "I" else styles.grand
            yield Calculee(f"{ou}{LIGNE_CHIFFRES}", f"={grand[0]}", grand[1], style)
            yield Calculee(f"{ou}{LIGNE_DETAILS}", f"={detail[0]}", detail[1], styles.detail)
        yield from self._de_l_annee(styles)

    def _taches(self) -> _Paire:
        taches = a_faire(self.liens)
        compte = f"COUNT({colonne(JOUR, self.segments[-1].fin)})"
        echeances = colonne(JOUR, self.segments[1].fin)
        retard = f'COUNTIF({echeances},"<"&({AUJOURD_HUI}*{POIDS}))'
        retards = sum(est_en_retard(tache, self.liens.au) for tache in taches)
        return (compte, len(taches)), _dire("dont en retard : ", retard, retards)

    def _incidents(self) -> _Paire:
        ouverts = comptes(self.plan, "incidents")
        annee = self._dire_l_annee(ouverts.de_l_annee("constate_le"), INCIDENTS)
        return (ouverts.ouverts(), self._compte(OUVERTS)), annee

    def _decisions(self) -> _Paire:
        decisions = comptes(self.plan, "decisions")
        annee = self._dire_l_annee(decisions.de_l_annee("date"), DECISIONS)
        return (decisions.en_attente(), self._compte(EN_ATTENTE)), annee

    def _prestataire(self) -> _Paire:
        """Le premier de la petite table « De qui dépendent les indispensables »."""
        part = f'IF({_PREMIER_NOM}="","–",{_PREMIER_COMPTE}&" sur "&{_INDISPENSABLES})'
        nom = f'IF({_PREMIER_NOM}="","aucun n\'est inscrit","indispensables : "&{_PREMIER_NOM})'
        qui, combien = next(iter(dependances(self.mesures)), ("", 0))
        if not combien:
            return (part, "–"), (nom, "aucun n'est inscrit")
        texte = f"{combien} sur {self._compte(INDISPENSABLES)}"
        return (part, texte), (nom, f"indispensables : {qui}")

    def _outils(self) -> _Paire:
        formule = f'"indispensables : "&{_INDISPENSABLES}&" · importants : "&{_IMPORTANTS}'
        vitaux, importants = self._compte(INDISPENSABLES), self._compte(IMPORTANTS)
        texte = f"indispensables : {vitaux} · importants : {importants}"
        return (comptes(self.plan, "outils").outils(), self._compte(EN_SERVICE)), (formule, texte)

    def _cout(self) -> _Paire:
        couts = colonne(COUT, self.segments[0].fin)
        connus = f'"pour "&COUNT({couts})&" outils sur "&G{LIGNE_CHIFFRES}'
        cout = self.mesures[COUT_ANNUEL]
        texte = f"pour {cout.compte} outils sur {cout.sur}"
        return (f"SUM({couts})", cout.valeur), (connus, texte)

    def _compte(self, chiffre: Chiffre) -> int:
        return self.mesures[chiffre].compte

    def _dire_l_annee(self, compte: str, chiffre: Chiffre) -> tuple[str, str]:
        annee = self.liens.registre.annee
        formule = f'IF({self.annee}=0,"{_SANS_ANNEE}","en "&{self.annee}&" : "&{compte})'
        return formule, f"en {annee} : {self._compte(chiffre)}" if annee else _SANS_ANNEE

    def _de_l_annee(self, styles: StylesDuTableau) -> Iterator[Calculee]:
        """Le petit tableau « L'année » ; les libellés sont écrits à part."""
        titre = f'="L\'année "&IF({self.annee}=0,"du rapport",{self.annee})'
        juste = f"L'année {self.liens.registre.annee or 'du rapport'}"
        yield Calculee(f"G{PREMIERE_DE_L_ANNEE - 1}", titre, juste, styles.sous_titre)
        for rang, (_, chiffre, formuler) in enumerate(_DE_L_ANNEE, PREMIERE_DE_L_ANNEE):
            formule = formuler(comptes(self.plan, chiffre.chapitre))
            yield Calculee(f"H{rang}", f"={formule}", self._compte(chiffre), styles.nombre)


_DE_L_ANNEE: tuple[tuple[str, Chiffre, Callable[[ComptesDuTableau], str]], ...] = (
    ("Décisions inscrites", DECISIONS, lambda c: c.de_l_annee("date")),
    ("dont durables ou significatives", DURABLES, ComptesDuTableau.durables),
    ("Incidents inscrits", INCIDENTS, lambda c: c.de_l_annee("constate_le")),
    ("dont service ou données touchés", TOUCHANTS, ComptesDuTableau.touchants),
    ("Signalements reçus", RECUS, lambda c: c.de_l_annee("date")),
)
"""Ce que dit la feuille, le chiffre, sa formule dans le registre qui porte le nom du chapitre."""

LIBELLES_DE_L_ANNEE = tuple(libelle for libelle, _, _ in _DE_L_ANNEE)

_Paire = tuple[tuple[str, float | str], tuple[str, str]]


def _dire(debut: str, formule: str, juste: int) -> tuple[str, str]:
    return f'"{debut}"&{formule}', f"{debut}{juste}"
