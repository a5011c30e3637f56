"""Le plan du classeur : où va chaque colonne, combien de lignes sont prêtes. Pur, sans tableur.

Une feuille de registre : lignes de tête (titre, résumé, consigne, légende), ligne de clés cachée,
en-tête, données. Une fiche : clés cachées en A, questions en B, réponses en C, explications en D.
Les rangs du plan commencent à 1, comme dans le tableur.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from pilotage_xlsx.generation.syntaxe import capitaliser, citer
from pilotage_xlsx.generation.techniques import BORD, PARTAGEES, techniques_de
from pilotage_xlsx.modele import Calcul, Colonne, Feuille, Modele
from pilotage_xlsx.registre import FeuilleLue, Ligne, Registre, Valeur
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.adresses import lettres_de
from pilotage_xlsx.socle.textes import cle_large
from pilotage_xlsx.socle.typographie import paragraphe

TAPEES = "tapees"
"""Ce qui nomme, dans un nom défini, les clés d'un registre telles que tapées."""

RANG_ETAT, RANG_GAUCHE = 1, 2
"""L'état de la ligne vient d'abord, puis la clé : ils restent à l'écran.

Entre eux, le bord gauche de la ligne, vide et caché : nul ne le coupe.
"""

_PLACE_LIBRE = 20
"""Colonnes laissées libres à droite de la table, avant la zone cachée (`zone`)."""

LIGNES_DE_RESERVE = 30
LIGNES_AU_DELA = 300
"""Sous la table, les aides à la saisie continuent : LibreOffice n'agrandit pas les tables."""
LIGNES_LIBRES_IMPRIMEES = 3
"""Après les lignes remplies : quelques ajouts s'impriment, sans une page de lignes vides."""
LIGNES_VIERGES_IMPRIMEES = 36
"""Ce que tient la page d'un registre encore vide : ce qui s'y tape s'imprime."""

_TOUJOURS = "En-tête foncé : toujours demandé"
_SELON_LA_LIGNE = "bleu moyen, avec ◦ : demandé selon la ligne"
_UTILE = "pâle : utile, jamais exigé (le + au-dessus montre ces colonnes)."
_LEGENDE_DE_FICHE = (
    "Question foncée : demandée · pâle : utile, jamais exigée · "
    "réponse orange : elle manque · rose, en gras : à corriger."
)
COLONNE_CLES, COLONNE_QUESTIONS, COLONNE_REPONSES, COLONNE_AIDES, COLONNE_NOTE = range(1, 6)
COLONNE_SIGNES, COLONNE_TEXTES, COLONNE_MOTS, COLONNE_TELS_QUELS = range(6, 10)


def est_en_vue(colonne: Colonne) -> bool:
    """Vrai pour une colonne qui ne se replie pas : demandée, ou toujours en vue."""
    return colonne.est_essentielle or colonne.en_vue


def lignes_pretes(feuille: Feuille) -> int:
    """Combien de lignes un registre vierge prépare : ce que dit le modèle."""
    return feuille.lignes_pretes


@dataclass(frozen=True, slots=True)
class Case:
    """Une colonne placée : son en-tête, son rang ; ``colonne`` manque si elle est propre."""

    entete: str
    rang: int
    colonne: Colonne | None = None

    @property
    def calcul(self) -> Calcul | None:
        """Le calcul de la colonne, si elle ne se saisit pas."""
        return self.colonne.calcul if self.colonne else None


@dataclass(frozen=True)
class PlanDeRegistre:
    """La place de tout dans une feuille de registre, et les lignes à y écrire."""

    feuille: Feuille
    tete: tuple[str, ...]
    cases: tuple[Case, ...]
    lignes: tuple[Ligne, ...]

    @cached_property
    def places(self) -> Mapping[Ligne, int]:
        """La place de chaque ligne dans sa table (dès 1)."""
        return {ligne: rang for rang, ligne in enumerate(self.lignes, 1)}

    def cle_de(self, ligne: Ligne) -> str:
        """La clé d'une ligne qui en a une, telle que les formules la comparent."""
        return capitaliser(afficher(ligne[self.feuille.cle or ""]))

    @cached_property
    def premieres(self) -> Mapping[str, int]:
        """Par clé, la place de la première ligne qui l'a."""
        avec_cle = (ligne for ligne in self.lignes if ligne[self.feuille.cle or ""] is not None)
        premieres: dict[str, int] = {}
        for ligne in avec_cle:
            premieres.setdefault(self.cle_de(ligne), self.places[ligne])
        return premieres

    @property
    def ligne_legende(self) -> int:
        """La ligne qui dit le prochain numéro et comment lire l'en-tête."""
        return len(self.tete)

    @property
    def ligne_cles(self) -> int:
        """La ligne cachée des clés techniques."""
        return len(self.tete) + 1

    @property
    def ligne_entete(self) -> int:
        """La ligne des en-têtes, première de la table."""
        return len(self.tete) + 2

    @property
    def premiere(self) -> int:
        """La première ligne de données."""
        return self.ligne_entete + 1

    @property
    def derniere(self) -> int:
        """La dernière ligne de la table."""
        pretes = max(lignes_pretes(self.feuille), len(self.lignes) + LIGNES_DE_RESERVE)
        return self.ligne_entete + pretes

    @property
    def derniere_aidee(self) -> int:
        """La dernière ligne où la saisie est aidée, au-delà de la table."""
        return self.derniere + LIGNES_AU_DELA

    @property
    def derniere_imprimee(self) -> int:
        """La dernière ligne que montre le papier."""
        libres = LIGNES_LIBRES_IMPRIMEES if self.lignes else LIGNES_VIERGES_IMPRIMEES
        return self.ligne_entete + len(self.lignes) + libres

    @property
    def largeur(self) -> int:
        """Le nombre de colonnes à remplir, état compris."""
        return len(self.cases) + RANG_GAUCHE

    @cached_property
    def techniques(self) -> tuple[str, ...]:
        """Les colonnes cachées de la table, à droite des autres."""
        return techniques_de(self.feuille)

    @property
    def largeur_de_table(self) -> int:
        """Le nombre de colonnes de la table, cachées comprises."""
        return self.largeur + len(self.techniques)

    def rang_technique(self, quoi: str) -> int:
        """Le rang d'une colonne cachée (`techniques`)."""
        return self.largeur + 1 + self.techniques.index(quoi)

    @property
    def rang_zone(self) -> int:
        """Le premier rang de la zone cachée, après les colonnes laissées libres."""
        return self.largeur_de_table + _PLACE_LIBRE + 1

    @property
    def rangee(self) -> str:
        """Les cellules de la première ligne, d'un bord à l'autre ; sans l'état, qui en vit."""
        return self._rangee(str(self.premiere))

    @property
    def rangee_des_cles(self) -> str:
        """La même rangée, sur la ligne des clés."""
        return self._rangee(f"${self.ligne_cles}")

    @property
    def rangee_des_entetes(self) -> str:
        """La même rangée, sur la ligne des en-têtes."""
        return self._rangee(f"${self.ligne_entete}")

    @property
    def cellule_de_la_cle(self) -> str:
        """La clé de la première ligne."""
        return f"${lettres_de(self.rang(self.feuille.cle or ''))}{self.premiere}"

    @property
    def rangee_de_la_cle(self) -> str:
        """La même rangée, jusqu'à la clé seulement."""
        return f"${lettres_de(RANG_GAUCHE)}{self.premiere}:{self.cellule_de_la_cle}"

    def _rangee(self, ligne: str) -> str:
        debut, fin = lettres_de(RANG_GAUCHE), lettres_de(self.rang_technique(BORD))
        return f"${debut}{ligne}:${fin}{ligne}"

    def technique(self, quoi: str) -> str:
        """Une cellule cachée de la première ligne, vue de sa feuille."""
        return f"${lettres_de(self.rang_technique(quoi))}{self.premiere}"

    def plage_technique(self, quoi: str, *, ici: bool = False) -> str:
        """Une colonne cachée entière, de l'en-tête (compris) à une ligne sous la table.

        Partir de l'en-tête et finir au-delà garde la référence quand un bord est effacé ; ``ici``,
        elle est vue de sa propre feuille.
        """
        return self._plage(self.rang_technique(quoi), self.derniere + 1, ici=ici)

    def nommer(self, quoi: str) -> str:
        """Le nom défini d'une colonne cachée, ou de celle des clés telles que tapées (`TAPEES`).

        Une formule qui cite une autre feuille par un nom se partage encore ; il est absolu.
        """
        return f"px_{quoi}_{self.feuille.id}"

    @property
    def noms(self) -> Mapping[str, str]:
        """Les noms définis dont les autres registres se servent, et leur plage."""
        partagees = [quoi for quoi in PARTAGEES if quoi in self.techniques]
        plages = {self.nommer(quoi): self.plage_technique(quoi) for quoi in partagees}
        return {self.nommer(TAPEES): self.plage(self.feuille.cle or ""), **plages}

    def plage(self, colonne: str, *, ici: bool = False) -> str:
        """Une colonne à remplir, de l'en-tête (compris) au-delà de la table."""
        return self._plage(self.rang(colonne), self.derniere_aidee, ici=ici)

    def _plage(self, rang: int, fin: int, *, ici: bool) -> str:
        ou, feuille = lettres_de(rang), "" if ici else f"{citer(self.feuille.libelle)}!"
        return f"{feuille}${ou}${self.ligne_entete}:${ou}${fin}"

    def rang(self, colonne: str) -> int:
        """Le rang d'une colonne du modèle."""
        return next(c.rang for c in self.cases if c.colonne and c.colonne.id == colonne)


@dataclass(frozen=True, slots=True)
class PlanDeFiche:
    """La ligne de chaque question d'une fiche, les rubriques qui les précèdent, les réponses.

    ``propres`` : les questions de la commune, à la suite des nôtres.
    """

    feuille: Feuille
    tete: tuple[str, ...]
    lignes: Mapping[str, int]
    rubriques: Mapping[int, str]
    reponses: Mapping[str, Valeur]
    propres: Mapping[int, tuple[str, Valeur]]

    def adresse(self, question: str, colonne: int) -> str:
        """La cellule d'une question dans cette colonne, vue d'une autre feuille."""
        return f"{citer(self.feuille.libelle)}!${lettres_de(colonne)}${self.lignes[question]}"

    @property
    def ligne_etat(self) -> int:
        """La ligne qui dit ce qui manque."""
        return len(self.tete) + 1

    @property
    def ligne_cles(self) -> int:
        """La ligne cachée qui dit quelle colonne porte les réponses."""
        return len(self.tete) + 2

    @property
    def ligne_entete(self) -> int:
        """La ligne des en-têtes."""
        return len(self.tete) + 3


@dataclass(frozen=True, slots=True)
class Plan:
    """Le classeur entier, avant d'être écrit."""

    modele: Modele
    fiche: PlanDeFiche
    registres: tuple[PlanDeRegistre, ...]
    annee: int | None

    def case_de_fiche(self, question: str) -> str:
        """La référence absolue d'une réponse de la fiche."""
        return self.fiche.adresse(question, COLONNE_REPONSES)

    def annee_du_rapport(self) -> str:
        """La formule de l'année du rapport ; 0 si la fiche ne la dit pas."""
        case, colonne = self.case_de_fiche("annee"), self.fiche.feuille.par_id["annee"]
        nombre = f"VALUE({case})"
        bornes = f"*({nombre}>={colonne.min or 0})*({nombre}<={colonne.max or 9999})"
        return f"IFERROR({nombre}{bornes},0)"

    @property
    def dans_l_ordre_des_gestes(self) -> tuple[PlanDeRegistre, ...]:
        """Les registres, chacun après ceux dont une de ses colonnes demandées propose les noms."""
        places: dict[str, PlanDeRegistre] = {}

        def placer(plan: PlanDeRegistre) -> None:
            if plan.feuille.id not in places:
                demandees = (c for c in plan.feuille.saisies if c.est_essentielle)
                cites = {cite for colonne in demandees for cite in colonne.reference}
                rang = self.registres.index(plan)
                for suivant in self.registres[rang + 1 :]:
                    if suivant.feuille.id in cites:
                        placer(suivant)
                places[plan.feuille.id] = plan

        for plan in self.registres:
            placer(plan)
        return tuple(places.values())

    def registre(self, identifiant: str) -> PlanDeRegistre:
        """Le plan d'un registre."""
        return next(plan for plan in self.registres if plan.feuille.id == identifiant)


def planifier(modele: Modele, registre: Registre) -> Plan:
    """Place tout ce que le modèle décrit et que le registre contient."""
    return Plan(
        modele,
        _planifier_fiche(modele.fiche, registre),
        tuple(_planifier_registre(feuille, registre) for feuille in modele.registres),
        registre.annee,
    )


def _planifier_registre(feuille: Feuille, registre: Registre) -> PlanDeRegistre:
    lignes = registre.lignes(feuille.id)
    cases = [
        Case(colonne.libelle, rang, colonne)
        for rang, colonne in enumerate(feuille.colonnes, RANG_GAUCHE + 1)
    ]
    lue = registre.feuilles.get(feuille.id)
    propres = _entetes_propres(feuille, lue) if lue else ()
    cases += [
        Case(entete, rang) for rang, entete in enumerate(propres, len(cases) + RANG_GAUCHE + 1)
    ]
    return PlanDeRegistre(feuille, _tete(feuille, _legende(feuille)), tuple(cases), lignes)


def _planifier_fiche(feuille: Feuille, registre: Registre) -> PlanDeFiche:
    tete = _tete(feuille, _LEGENDE_DE_FICHE)
    lignes: dict[str, int] = {}
    rubriques: dict[int, str] = {}
    suivante = len(tete) + 4
    for colonne in feuille.colonnes:
        if colonne.rubrique:
            rubriques[suivante] = colonne.rubrique
            suivante += 1
        lignes[colonne.id] = suivante
        suivante += 1
    defauts = {c.id: c.defaut for c in feuille.colonnes if c.defaut is not None}
    reponses = {**defauts, **registre.commune.valeurs}
    propres = dict(enumerate(registre.commune.propres.items(), suivante))
    return PlanDeFiche(feuille, tete, lignes, rubriques, reponses, propres)


def _legende(feuille: Feuille) -> str:
    a_conditions = any(colonne.obligatoire_si for colonne in feuille.colonnes)
    signes = (_TOUJOURS, _SELON_LA_LIGNE, _UTILE) if a_conditions else (_TOUJOURS, _UTILE)
    return " · ".join(signes)


def _tete(feuille: Feuille, legende: str) -> tuple[str, ...]:
    resume = f"{feuille.resume} (note, {paragraphe(feuille.paragraphe)})"
    consigne = textwrap.wrap(feuille.consigne or "", 150)
    return (feuille.titre, resume, *consigne, legende)


def _entetes_propres(feuille: Feuille, lue: FeuilleLue) -> tuple[str, ...]:
    """Les en-têtes des colonnes propres, même vides ; sans double, comme une table les veut."""
    pris = {cle_large(colonne.libelle) for colonne in feuille.colonnes}
    entetes = dict.fromkeys(chain(lue.propres, *(ligne.propres for ligne in lue.lignes)))
    return tuple(entete for entete in entetes if cle_large(entete) not in pris)
