"""Les chiffres du tableau de bord : la rangée du haut, et l'année."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pilotage_xlsx.generation.plan import Plan
from pilotage_xlsx.generation.tableau.a_faire import ListeDesTaches
from pilotage_xlsx.generation.tableau.barres import dependances
from pilotage_xlsx.generation.tableau.comptes import ComptesDuTableau
from pilotage_xlsx.generation.tableau.disposition import (
    LIBELLES,
    LIGNE_CHIFFRES,
    LIGNE_DETAILS,
    NOMBRES,
    Calculee,
    Disposition,
)
from pilotage_xlsx.generation.tableau.styles import StylesDuTableau
from pilotage_xlsx.metier.chiffres.decisions import DECISIONS, DURABLES, EN_ATTENTE
from pilotage_xlsx.metier.chiffres.dependance import PAR_PRESTATAIRE
from pilotage_xlsx.metier.chiffres.incidents import INCIDENTS, TOUCHANTS
from pilotage_xlsx.metier.chiffres.parc import COUT_ANNUEL, EN_SERVICE, INDISPENSABLES
from pilotage_xlsx.metier.chiffres.signalements import RECUS
from pilotage_xlsx.metier.chiffres.tableau_de_bord import (
    OUVERTS,
    PAR_CRITICITE,
    PAR_LIEU,
    SANS_DATE_DE_FIN,
)
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.mesure import Chiffre, Mesures
from pilotage_xlsx.metier.taches import a_faire, est_en_retard
from pilotage_xlsx.socle.longueur import abreger
from pilotage_xlsx.socle.typographie import FINE, phraser

NOMS = (
    ("A", "À faire"),
    ("B", "Incidents ouverts"),
    ("D", "Décisions en attente"),
    ("E", "Indispensables chez"),
    ("G", "Outils en service"),
    ("I", "Coût annuel connu"),
)
_SANS_ANNEE, _ANNEE, _AUCUN = (
    "année à inscrire",
    phraser("L'année "),
    phraser("aucun n'est inscrit"),
)
_MONTRES = (
    EN_SERVICE,
    INDISPENSABLES,
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


_NOM_COURT = 22
"""Ce qui tient sous un grand chiffre sans toucher le suivant."""


def mesurer(liens: Liens) -> Mesures:
    """Tout ce que la feuille montre, au jour des liens et pour l'année de la fiche."""
    return Mesures.de(liens, liens.registre.annee, _MONTRES)


class GrandsChiffres:
    """Les cellules des chiffres : leurs formules, et leurs valeurs."""

    def __init__(
        self,
        plan: Plan,
        disposition: Disposition,
        liste: ListeDesTaches,
        liens: Liens,
        mesures: Mesures,
    ) -> None:
        self.plan = plan
        self.ou = disposition
        self.liste = liste
        self.liens = liens
        self.mesures = mesures

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
        retards = sum(est_en_retard(tache, self.liens.au) for tache in taches)
        dits = _dire("dont en retard : ", self.liste.retards(), retards)
        return (self.liste.compte(), len(taches)), dits

    def _incidents(self) -> _Paire:
        ouverts = self._comptes("incidents")
        annee = self._dire_l_annee(ouverts.inscrites(), INCIDENTS)
        return (ouverts.ouverts(), self._compte(OUVERTS)), annee

    def _decisions(self) -> _Paire:
        decisions = self._comptes("decisions")
        annee = self._dire_l_annee(decisions.inscrites(), DECISIONS)
        return (decisions.en_attente(), self._compte(EN_ATTENTE)), annee

    def _prestataire(self) -> _Paire:
        """Le premier de la petite table « De qui dépendent les indispensables »."""
        premier, compte = (f"{c}{self.ou.premier_prestataire}" for c in (LIBELLES, NOMBRES))
        part = f'IF({premier}="","–",{compte}&" sur "&{self._compter("indispensable")})'
        court = (
            f'IF(LEN({premier})>{_NOM_COURT},TRIM(LEFT({premier},{_NOM_COURT - 1}))&"…",{premier})'
        )
        nom = f'IF({premier}="","{_AUCUN}",{court})'
        qui, combien = next(iter(dependances(self.mesures)), ("", 0))
        if not combien:
            return (part, "–"), (nom, _AUCUN)
        texte = f"{combien} sur {self._compte(INDISPENSABLES)}"
        return (part, texte), (nom, abreger(qui, _NOM_COURT))

    def _outils(self) -> _Paire:
        dits = _dire(
            "indispensables : ", self._compter("indispensable"), self._compte(INDISPENSABLES)
        )
        return (self._comptes("outils").outils(), self._compte(EN_SERVICE)), dits

    def _cout(self) -> _Paire:
        couts = self.plan.registre("outils").plage_technique("cout")
        combien = f"IFERROR(COUNT({couts}),0)"
        connus = f'{combien}&IF({combien}>1," outils"," outil")&" sur "&G{LIGNE_CHIFFRES}'
        cout = self.mesures[COUT_ANNUEL]
        texte = f"{cout.compte} outil{'s' if cout.compte > 1 else ''} sur {cout.sur}"
        return (f"IFERROR(SUM({couts}),0)", cout.valeur), (connus, texte)

    def _comptes(self, registre: str) -> ComptesDuTableau:
        return ComptesDuTableau(self.plan, registre, self.ou.annee)

    def _compter(self, technique: str) -> str:
        plage = self.plan.registre("outils").plage_technique(technique)
        return f"IFERROR(COUNT({plage}),0)"

    def _compte(self, chiffre: Chiffre) -> int:
        return self.mesures[chiffre].compte

    def _dire_l_annee(self, compte: str, chiffre: Chiffre) -> tuple[str, str]:
        annee = self.liens.registre.annee
        formule = f'IF({self.ou.annee}=0,"{_SANS_ANNEE}","en "&{self.ou.annee}&"{FINE}: "&{compte})'
        return formule, f"en {annee}{FINE}: {self._compte(chiffre)}" if annee else _SANS_ANNEE

    def _de_l_annee(self, styles: StylesDuTableau) -> Iterator[Calculee]:
        """Le petit tableau « L'année » ; les libellés sont écrits à part."""
        titre = f'="{_ANNEE}"&IF({self.ou.annee}=0,"du rapport",{self.ou.annee})'
        juste = f"{_ANNEE}{self.liens.registre.annee or 'du rapport'}"
        yield Calculee(
            f"{LIBELLES}{self.ou.premiere_de_l_annee - 1}", titre, juste, styles.sous_titre
        )
        for rang, (_, chiffre, formuler) in enumerate(_DE_L_ANNEE, self.ou.premiere_de_l_annee):
            formule = formuler(self._comptes(chiffre.chapitre))
            yield Calculee(f"{NOMBRES}{rang}", f"={formule}", self._compte(chiffre), styles.nombre)


_DE_L_ANNEE: tuple[tuple[str, Chiffre, Callable[[ComptesDuTableau], str]], ...] = (
    ("Décisions inscrites", DECISIONS, ComptesDuTableau.inscrites),
    ("dont durables ou significatives", DURABLES, ComptesDuTableau.durables),
    ("Incidents inscrits", INCIDENTS, ComptesDuTableau.inscrites),
    ("dont service ou données touchés", TOUCHANTS, ComptesDuTableau.touchants),
    ("Signalements reçus", RECUS, ComptesDuTableau.inscrites),
)
"""Ce que dit la feuille, le chiffre, sa formule dans le registre qui porte le nom du chapitre."""

LIBELLES_DE_L_ANNEE = tuple(libelle for libelle, _, _ in _DE_L_ANNEE)

_Paire = tuple[tuple[str, float | str], tuple[str, str]]


def _dire(debut: str, formule: str, juste: int) -> tuple[str, str]:
    debut = phraser(debut)
    return f'"{debut}"&{formule}', f"{debut}{juste}"
