"""Les liens entre registres : qui dépend de qui, quelle décision couvre quel outil, quand agir.

Ce que les règles et le rapport disent tous deux, défini une fois (docs/domaine.md §3, §4). Une
cellule illisible ou une référence introuvable ne lie rien.

>>> from tests.metier.tables import lier, noms
>>> liens = lier('''
... outils    | nom | criticite     | statut    | decision_origine
...           | GED | Indispensable |           | D-2026-001
...           | Fax | Indispensable | En projet |
... decisions | numero     | statut
...           | D-2026-001 | Validée
... ''')
>>> noms(liens.outils), noms(liens.indispensables)
(['GED', 'Fax'], ['GED'])
>>> [noms(liens.decisions_sur(outil)) for outil in liens.outils]
[['D-2026-001'], []]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

import msgspec

from pilotage_xlsx.metier.etat import Etat, est_de_l_annee, est_fautive
from pilotage_xlsx.modele import Feuille, Modele
from pilotage_xlsx.modele.sens import (
    DECISION_INTROUVABLE,
    ECARTEE,
    EN_SERVICE,
    INDISPENSABLE,
    PROPOSEE,
    VALIDEE,
    VIVANTE,
)
from pilotage_xlsx.registre import Ligne, Registre
from pilotage_xlsx.socle.dates import ajouter_mois

_QUI_DISENT_LA_DECISION = ("numero", "outil", "statut")


class Liens(msgspec.Struct, frozen=True, dict=True, eq=False):
    """Un classeur lu, ses lignes en vigueur et leurs liens, au jour ``au``."""

    modele: Modele
    registre: Registre
    au: date

    @cached_property
    def etat(self) -> Etat:
        """L'état des lignes, que ces liens prolongent."""
        return Etat(self.modele, self.registre)

    def en_vigueur(self, registre: str) -> tuple[Ligne, ...]:
        """Les lignes en vigueur à coup sûr : celles dont parlent les règles d'attention."""
        return self._en_vigueur.get(registre, ())

    @cached_property
    def _en_vigueur(self) -> Mapping[str, tuple[Ligne, ...]]:
        return {
            feuille.id: tuple(
                ligne
                for ligne in self.etat.en_vigueur(feuille.id)
                if self._est_certaine(feuille, ligne)
            )
            for feuille in self.modele.registres
        }

    def _est_certaine(self, feuille: Feuille, ligne: Ligne) -> bool:
        """Faux si seule une cellule fautive (le statut) la dit en vigueur."""
        if est_de_l_annee(feuille, ligne, self.etat.annee):
            return True
        essais = feuille.hors_vigueur.essais() if feuille.hors_vigueur else ()
        return not any(est_fautive(feuille.par_id[essai.colonne], ligne) for essai in essais)

    @cached_property
    def outils(self) -> tuple[Ligne, ...]:
        """Les outils en vigueur (non arrêtés)."""
        return self.en_vigueur("outils")

    @cached_property
    def outils_en_service(self) -> tuple[Ligne, ...]:
        """Les outils dont la commune se sert aujourd'hui : ni arrêtés, ni en projet."""
        return tuple(outil for outil in self.outils if self.est_en_service(outil))

    @cached_property
    def en_service_a_coup_sur(self) -> frozenset[Ligne]:
        """Les mêmes, où chercher une ligne sans les parcourir."""
        return frozenset(self.outils_en_service)

    @cached_property
    def indispensables(self) -> tuple[Ligne, ...]:
        """Les outils indispensables en service."""
        return tuple(o for o in self.outils_en_service if self.est(o, INDISPENSABLE))

    @cached_property
    def prestataires(self) -> tuple[Ligne, ...]:
        """Les prestataires actifs."""
        return self.en_vigueur("prestataires")

    @cached_property
    def decisions(self) -> tuple[Ligne, ...]:
        """Toutes les décisions inscrites, en vigueur ou non."""
        return self.etat.lignes("decisions")

    @cached_property
    def incidents(self) -> tuple[Ligne, ...]:
        """Les incidents en vigueur : de l'année du rapport, ou pas clos."""
        return self.en_vigueur("incidents")

    @cached_property
    def est(self) -> Callable[..., bool]:
        """Si une ligne répond à l'une de ces marques (`Etat.est`), sans un appel de plus."""
        return self.etat.est

    def est_en_service(self, outil: Ligne) -> bool:
        """Vrai si la commune se sert de l'outil : en service, ou à remplacer."""
        return self.est(outil, EN_SERVICE)

    def est_indispensable(self, outil: Ligne) -> bool:
        """Vrai si l'outil est en service et indispensable."""
        return self.est(outil, INDISPENSABLE) and self.est_en_service(outil)

    def jours_depuis(self, jour: date | None) -> int | None:
        """Les jours écoulés jusqu'à ``au`` ; négatif si la date est à venir, rien sans date."""
        return None if jour is None else (self.au - jour).days

    def statut(self, ligne: Ligne) -> str | None:
        """Le statut lisible d'une ligne ; vide vaut ce que dit le modèle (« En service »)."""
        if ligne.est_vide("statut"):
            return self.modele.si_vide(ligne.lieu.registre, "statut")
        return ligne.texte("statut")

    def prestataire(self, outil: Ligne) -> Ligne | None:
        """Le prestataire principal de l'outil, s'il est inscrit."""
        return self.etat.trouver("prestataires", outil.texte("prestataire"))

    def prestataires_de(self, outil: Ligne) -> tuple[Ligne, ...]:
        """Tous ses prestataires inscrits, le principal d'abord, chacun une fois."""
        principal = self.prestataire(outil)
        autres = self._autres_prestataires(outil)
        return tuple(dict.fromkeys((*((principal,) if principal else ()), *autres)))

    @cached_property
    def memoire(self) -> dict[Any, Any]:
        """Ce qui se juge une fois de ces liens, par la fonction qui le juge."""
        return {}

    @cached_property
    def _outils_par_prestataire(self) -> Mapping[int, tuple[Ligne, ...]]:
        outils: dict[int, list[Ligne]] = defaultdict(list)
        for outil in self.etat.en_vigueur("outils"):
            for cite in self.prestataires_de(outil):
                outils[cite.numero].append(outil)
        return {numero: tuple(lignes) for numero, lignes in outils.items()}

    def _autres_prestataires(self, outil: Ligne) -> tuple[Ligne, ...]:
        return self.etat.citees(outil, "autre_prestataire", "prestataires")

    def outils_de(self, prestataire: Ligne) -> tuple[Ligne, ...]:
        """Les outils en vigueur dont ce prestataire s'occupe, à titre principal ou non."""
        return self._outils_par_prestataire.get(prestataire.numero, ())

    @cached_property
    def _decisions_par_outil(self) -> Mapping[int, tuple[Ligne, ...]]:
        decisions: dict[int, dict[int, Ligne]] = defaultdict(dict)
        for decision in self.decisions:
            for outil in self.etat.citees(decision, "outil", "outils"):
                decisions[outil.numero][decision.numero] = decision
        for outil in self.etat.lignes("outils"):
            for decision in self.etat.citees(outil, "decision_origine", "decisions"):
                decisions[outil.numero][decision.numero] = decision
        return {numero: tuple(liees.values()) for numero, liees in decisions.items()}

    def decisions_sur(self, outil: Ligne) -> tuple[Ligne, ...]:
        """Les décisions que l'outil cite ou qui le citent, quel que soit leur statut."""
        return self._decisions_par_outil.get(outil.numero, ())

    def est_sans_decision(self, outil: Ligne) -> bool:
        """Vrai si l'outil l'avoue, ou s'il est entré en service après la note sans décision.

        Une décision refusée ou abandonnée n'en est pas une ; une cellule vide seule ne dit rien.
        """
        if not self.semble_sans_decision(outil):
            return False
        if self.est(outil, DECISION_INTROUVABLE):
            return not self._a_une_decision_sans_outil
        return self.connait_les_decisions(outil)

    def semble_sans_decision(self, outil: Ligne) -> bool:
        """De même, à moins qu'une cellule fautive ne cache la décision."""
        if not all(self.est(d, ECARTEE) for d in self.decisions_sur(outil)):
            return False
        if outil["decision_origine"] is not None:
            return self.est(outil, DECISION_INTROUVABLE)
        adoption = self.registre.commune.date("note_adoptee_le")
        depuis = outil.date("en_service_depuis")
        return bool(adoption and depuis and adoption < depuis <= self.au)

    def connait_les_decisions(self, outil: Ligne) -> bool:
        """Vrai si l'absence d'une décision sur l'outil est prouvée : rien de fautif ne la cache."""
        if not self.dit_ses_decisions or not outil.lieu.a("decision_origine"):
            return False
        if self.etat.est_fautive(outil, "decision_origine"):
            return False
        return not any(self.etat.est_fautive(d, "statut") for d in self.decisions_sur(outil))

    @cached_property
    def lit_les_decisions(self) -> bool:
        """Vrai si la feuille des décisions et ses colonnes sont là."""
        feuille = self.registre.feuilles.get("decisions")
        return feuille is not None and all(map(feuille.lieu.a, _QUI_DISENT_LA_DECISION))

    @cached_property
    def dit_ses_decisions(self) -> bool:
        """Vrai si la feuille des décisions et ses colonnes sont là, et chacune dit son outil."""
        return self.lit_les_decisions and not self._a_une_decision_sans_outil

    @cached_property
    def _a_une_decision_sans_outil(self) -> bool:
        """Vrai si une décision ne dit pas son outil : ce peut être n'importe lequel."""
        vivantes = (d for d in self.decisions if not self.est(d, ECARTEE))
        return any(self.etat.est_fautive(decision, "outil") for decision in vivantes)

    @cached_property
    def _suivies(self) -> frozenset[Ligne]:
        return frozenset(
            citee
            for decision in self.decisions
            for registre in ("incidents", "signalements", "echanges")
            for citee in self.etat.citees(decision, "suite_de", registre)
        )

    def est_suivie(self, ligne: Ligne) -> bool:
        """Vrai si une décision « fait suite à » cette ligne (sans ses fautes : `attente`)."""
        return ligne in self._suivies

    def decisions_liees(self, outil: Ligne) -> tuple[Ligne, ...]:
        """Les décisions Proposées ou Validées que l'outil cite ou qui le citent."""
        liees = self.decisions_sur(outil)
        return tuple(d for d in liees if self.est(d, VIVANTE))

    def decisions_recentes(self, outil: Ligne) -> tuple[Ligne, ...]:
        """Les décisions liées des douze derniers mois (seuil du modèle), ou sans date lisible."""
        mois = self.modele.identite.seuils.decision_recente_mois
        debut = ajouter_mois(self.au, -mois)
        return tuple(
            decision
            for decision in self.decisions_liees(outil)
            if (jour := decision.date("date")) is None or jour >= debut
        )

    @property
    def delai_de_decision(self) -> int:
        """Jours d'avance utiles : l'alerte et la préparation par l'exécutif."""
        return self.etat.seuil("seuil_alerte_contrat") + self.etat.seuil("seuil_preparation")

    def est_ouverte(self, decision: Ligne) -> bool:
        """Vrai si la décision attend : Proposée, ou Validée et pas encore mise en œuvre."""
        if self.est(decision, PROPOSEE):
            return True
        fait_le = decision.date("mise_en_oeuvre_le")
        return self.est(decision, VALIDEE) and (fait_le is None or fait_le > self.au)
