"""Les chiffres du tableau de bord : la rangée du haut, et l'année."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pilotage_xlsx.generation.plan import Plan
from pilotage_xlsx.generation.tableau.comptes import comptes
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
    montrer,
)
from pilotage_xlsx.generation.tableau.styles import Styles
from pilotage_xlsx.liens import Liens
from pilotage_xlsx.tableau import Tableau
from pilotage_xlsx.taches import a_faire, est_en_retard

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


class Chiffres:
    """Les cellules des chiffres : leurs formules, et leurs valeurs."""

    def __init__(
        self, plan: Plan, segments: Sequence[Segment], liens: Liens, tableau: Tableau
    ) -> None:
        self.plan = plan
        self.segments = segments
        self.liens = liens
        self.tableau = tableau
        self.annee = plan.annee_du_rapport()

    def cellules(self, styles: Styles) -> Iterator[Calculee]:
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
        annee = self._dire_l_annee(ouverts.de_l_annee("constate_le"), self.tableau.incidents)
        return (ouverts.ouverts(), self.tableau.ouverts), annee

    def _decisions(self) -> _Paire:
        decisions = comptes(self.plan, "decisions")
        annee = self._dire_l_annee(decisions.de_l_annee("date"), self.tableau.decisions)
        return (decisions.en_attente(), self.tableau.en_attente), annee

    def _prestataire(self) -> _Paire:
        """Le premier de la petite table « De qui dépendent les indispensables »."""
        part = f'IF({_PREMIER_NOM}="","–",{_PREMIER_COMPTE}&" sur "&{_INDISPENSABLES})'
        nom = f'IF({_PREMIER_NOM}="","aucun n\'est inscrit","indispensables : "&{_PREMIER_NOM})'
        if not self.tableau.prestataires:
            return (part, "–"), (nom, "aucun n'est inscrit")
        ligne, compte = self.tableau.prestataires[0]
        texte = f"{compte} sur {self.tableau.indispensables}"
        return (part, texte), (nom, f"indispensables : {montrer(ligne, 'nom')}")

    def _outils(self) -> _Paire:
        formule = f'"indispensables : "&{_INDISPENSABLES}&" · importants : "&{_IMPORTANTS}'
        tableau = self.tableau
        texte = f"indispensables : {tableau.indispensables} · importants : {tableau.importants}"
        return (comptes(self.plan, "outils").outils(), self.tableau.outils), (formule, texte)

    def _cout(self) -> _Paire:
        couts = colonne(COUT, self.segments[0].fin)
        connus = f'"pour "&COUNT({couts})&" outils sur "&G{LIGNE_CHIFFRES}'
        texte = f"pour {self.tableau.couts_connus} outils sur {self.tableau.outils}"
        return (f"SUM({couts})", self.tableau.cout), (connus, texte)

    def _dire_l_annee(self, compte: str, juste: int) -> tuple[str, str]:
        annee = self.liens.registre.annee
        formule = f'IF({self.annee}=0,"{_SANS_ANNEE}","en "&{self.annee}&" : "&{compte})'
        return formule, f"en {annee} : {juste}" if annee else _SANS_ANNEE

    def _de_l_annee(self, styles: Styles) -> Iterator[Calculee]:
        """Le petit tableau « L'année » ; les libellés sont écrits à part."""
        titre = f'="L\'année "&IF({self.annee}=0,"du rapport",{self.annee})'
        juste = f"L'année {self.liens.registre.annee or 'du rapport'}"
        yield Calculee(f"G{PREMIERE_DE_L_ANNEE - 1}", titre, juste, styles.sous_titre)
        decisions, incidents = (comptes(self.plan, r) for r in ("decisions", "incidents"))
        signalements = comptes(self.plan, "signalements")
        lignes = (
            (decisions.de_l_annee("date"), self.tableau.decisions),
            (decisions.durables(), self.tableau.durables),
            (incidents.de_l_annee("constate_le"), self.tableau.incidents),
            (incidents.touchants(), self.tableau.touchants),
            (signalements.de_l_annee("date"), self.tableau.signalements),
        )
        for rang, (formule, valeur) in enumerate(lignes, PREMIERE_DE_L_ANNEE):
            yield Calculee(f"H{rang}", f"={formule}", valeur, styles.nombre)


LIBELLES_DE_L_ANNEE = (
    "Décisions inscrites",
    "dont durables ou significatives",
    "Incidents inscrits",
    "dont service ou données touchés",
    "Signalements reçus",
)

_Paire = tuple[tuple[str, float | str], tuple[str, str]]


def _dire(debut: str, formule: str, juste: int) -> tuple[str, str]:
    return f'"{debut}"&{formule}', f"{debut}{juste}"
