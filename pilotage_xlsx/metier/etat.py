r"""L'état d'un registre, pour la feuille, le contrôle et le rapport (docs/domaine.md §3).

Exigée, en vigueur, complète, à clarifier, dernier jour pour résilier : une seule définition.

>>> from tests.metier.tables import etat, feuille
>>> lu = etat("outils | nom | echeance | delai_resiliation\n | GED | 31.05.2027 | 3")
>>> [ged] = lu.en_vigueur("outils")
>>> dernier_jour_pour_resilier(ged), manque(feuille("outils").par_id["criticite"], ged)
(datetime.date(2027, 2, 28), True)
>>> lu.est_complete(feuille("outils"), ged), etat_de("V.C."), etat_de("V.C.M")
(False, <EtatDeLigne.A_CLARIFIER: 'à clarifier'>, <EtatDeLigne.A_REMPLIR: 'à remplir'>)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import assert_never

import msgspec

from pilotage_xlsx.modele import Colonne, Feuille, Modele
from pilotage_xlsx.modele.condition import Condition, Essai, Parmi, Rempli, Sauf, Vide
from pilotage_xlsx.modele.vocabulaire import A_CLARIFIER, Aveu, Marque
from pilotage_xlsx.registre import Illisible, Ligne, Registre, Valeur, est_remise
from pilotage_xlsx.registre.genres import attendre, interpreter
from pilotage_xlsx.registre.saisie import NATIFS, est_tape_en_texte, est_total
from pilotage_xlsx.socle.dates import ajouter_mois
from pilotage_xlsx.socle.textes import Texte, TexteSaisi, cle


def est_vraie(condition: Condition, ligne: Ligne) -> bool:
    """Évalue une condition sur une ligne ; une cellule fautive ne rend vrai que `Rempli`."""
    valeurs = ligne.valeurs
    for essais in condition.alternatives:
        for essai in essais:
            if not _est_vrai(essai, valeurs.get(essai.colonne)):
                break
        else:
            return True
    return False


def _est_vrai(essai: Essai, valeur: Valeur | None) -> bool:
    match essai:
        case Parmi():
            return valeur in essai.valeurs
        case Sauf():
            est_lisible = valeur is not None and not isinstance(valeur, Illisible)
            return est_lisible and valeur not in essai.valeurs
        case Rempli():
            return not (valeur is None or est_remise(valeur))
        case Vide():
            return valeur is None or est_remise(valeur)
        case _:
            assert_never(essai)


def est_exigee(colonne: Colonne, ligne: Ligne) -> bool:
    """Vrai si la cellule doit être remplie : essentielle, et sa condition est vraie."""
    if not colonne.est_essentielle:
        return False
    return colonne.obligatoire_si is None or est_vraie(colonne.obligatoire_si, ligne)


def manque(colonne: Colonne, ligne: Ligne) -> bool:
    """Vrai si la cellule est exigée et ne dit rien : vide, ou remise à plus tard."""
    return ligne.est_vide(colonne.id) and est_exigee(colonne, ligne)


def est_fautive(colonne: Colonne, ligne: Ligne) -> bool:
    """Vrai si la cellule est illisible, ou exigée et vide : aucune règle de plus n'en part."""
    valeur = ligne[colonne.id]
    return isinstance(valeur, Illisible) or (valeur is None and est_exigee(colonne, ligne))


def a_clarifier(feuille: Feuille, ligne: Ligne) -> Iterator[Colonne]:
    """Les cellules qui répondent « À clarifier », dans l'ordre des colonnes."""
    if A_CLARIFIER in ligne.valeurs.values():
        for colonne in feuille.saisies:
            if isinstance(ligne[colonne.id], Aveu):
                yield colonne


def est_en_vigueur(feuille: Feuille, ligne: Ligne, annee: int | None) -> bool:
    """Vrai si la ligne compte : pas close, ou datée de l'année du rapport.

    Dans le doute elle compte : une date illisible, tapée en texte ou à clarifier ne l'écarte pas.
    """
    if feuille.hors_vigueur is None or not est_vraie(feuille.hors_vigueur, ligne):
        return True
    return est_de_l_annee(feuille, ligne, annee) or _est_mal_datee(feuille, ligne)


def est_a_confirmer(feuille: Feuille, ligne: Ligne) -> bool:
    """Vrai si la ligne n'est que proposée : la commune ne l'a pas encore faite sienne."""
    return feuille.a_confirmer is not None and est_vraie(feuille.a_confirmer, ligne)


def _est_mal_datee(feuille: Feuille, ligne: Ligne) -> bool:
    if feuille.date is None or ligne.est_vide(feuille.date):
        return False
    est_illisible = isinstance(ligne[feuille.date], Illisible | Aveu)
    return est_illisible or est_tape_en_texte(feuille.par_id[feuille.date], ligne)


def est_de_l_annee(feuille: Feuille, ligne: Ligne, annee: int | None) -> bool:
    """Vrai si la date qui compte pour cette feuille tombe dans l'année du rapport."""
    jour = ligne.date(feuille.date) if feuille.date else None
    return jour is not None and jour.year == annee


def dernier_jour_pour_resilier(outil: Ligne) -> date | None:
    """Échéance du contrat moins le délai de résiliation ; rien si l'un des deux manque."""
    echeance, delai = outil.date("echeance"), outil.nombre("delai_resiliation")
    if echeance is None or delai is None:
        return None
    return ajouter_mois(echeance, -int(delai))


class EtatDeLigne(StrEnum):
    """Ce qu'une ligne est, du premier mot vrai au dernier : hors vigueur l'emporte sur le reste.

    « À clarifier » répond à la demande : une telle ligne est complète, et le dit.
    """

    HORS_VIGUEUR = "hors vigueur"
    A_CONFIRMER = "à confirmer"
    A_CORRIGER = "à corriger"
    A_REMPLIR = "à remplir"
    A_CLARIFIER = "à clarifier"
    COMPLETE = "complète"


VIGUEUR, HORS, PROPOSEE = "V", "h", "p"
SIGNE_VIDE, SIGNE_AVEU = "M", "C"
FAUTES = "FRDfr"
"""Les signes d'une ligne (`Etat.signes`) : ceux de `FAUTES` demandent une correction."""

NOM_CHERCHE_MAX = 250
"""Au-delà, un nom cité ne se cherche pas : Excel ne sait pas chercher un texte de plus de 255."""

EMPECHENT = f"{SIGNE_VIDE}{FAUTES}"
"""Les signes qui empêchent une ligne d'être complète."""


def etat_de(signes: str) -> EtatDeLigne:
    """L'état d'une ligne d'après ses signes (`Etat.signes`)."""
    if signes.startswith(HORS):
        return EtatDeLigne.HORS_VIGUEUR
    if signes.startswith(PROPOSEE):
        return EtatDeLigne.A_CONFIRMER
    presents = set(signes)
    if presents & set(FAUTES):
        return EtatDeLigne.A_CORRIGER
    if SIGNE_VIDE in presents:
        return EtatDeLigne.A_REMPLIR
    return EtatDeLigne.A_CLARIFIER if SIGNE_AVEU in presents else EtatDeLigne.COMPLETE


class Completude(msgspec.Struct, frozen=True):
    """Lignes complètes sur lignes en vigueur ; zéro ligne est « sans objet », jamais 100 %."""

    completes: int = 0
    lignes: int = 0

    def __add__(self, autre: Completude) -> Completude:
        return Completude(self.completes + autre.completes, self.lignes + autre.lignes)


class Etat:
    """L'état d'un classeur lu : ses lignes en vigueur, leurs références, sa complétude."""

    def __init__(self, modele: Modele, registre: Registre) -> None:
        self.modele = modele
        self.registre = registre
        self._signes: dict[Ligne, str] = {}
        self._tenues: dict[str, tuple[Ligne, ...]] = {}
        self._reponses: dict[Marque, frozenset[Valeur | None]] = {}
        self._perdus: dict[tuple[str, str, Valeur], tuple[str, ...]] = {}

    @cached_property
    def annee(self) -> int | None:
        """L'année du rapport."""
        return self.registre.annee

    @cached_property
    def par_cle(self) -> Mapping[str, Mapping[str, Ligne]]:
        """Pour chaque registre, ses lignes par clé comparable (la première d'un doublon)."""
        return {feuille.id: self._par_cle(feuille) for feuille in self.modele.registres}

    def _par_cle(self, feuille: Feuille) -> Mapping[str, Ligne]:
        lignes: dict[str, Ligne] = {}
        for ligne in self.lignes(feuille.id):
            if nom := ligne.texte(feuille.cle or ""):
                lignes.setdefault(cle(nom), ligne)
        return lignes

    def lignes(self, registre: str) -> tuple[Ligne, ...]:
        """Les lignes d'un registre, sans les lignes « Total » ; aucune si le modèle ne l'a pas."""
        return self._lignes.get(registre, ())

    @cached_property
    def _lignes(self) -> Mapping[str, tuple[Ligne, ...]]:
        return {
            feuille.id: tuple(
                ligne for ligne in self.registre.lignes(feuille.id) if ligne not in self.totaux
            )
            for feuille in self.modele.feuilles
        }

    @cached_property
    def totaux(self) -> frozenset[Ligne]:
        """Les lignes « Total » tapées sous une liste, tous registres ensemble."""
        return frozenset(
            ligne
            for feuille in self.modele.registres
            for ligne in self.registre.lignes(feuille.id)
            if est_total(ligne)
        )

    @cached_property
    def illisibles(self) -> tuple[tuple[Ligne, Colonne, Illisible], ...]:
        """Les cellules remplies que le modèle ne comprend pas, dans l'ordre du classeur."""
        return tuple(
            (ligne, feuille.par_id[identifiant], valeur)
            for feuille in self.modele.feuilles
            for ligne in self.lignes(feuille.id)
            for identifiant, valeur in ligne.valeurs.items()
            if valeur.__class__ is Illisible
        )

    def en_vigueur(self, registre: str) -> tuple[Ligne, ...]:
        """Les lignes en vigueur d'un registre ; aucune si le modèle ne l'a pas."""
        return self._en_vigueur.get(registre, ())

    @cached_property
    def _en_vigueur(self) -> Mapping[str, tuple[Ligne, ...]]:
        annee = self.annee
        return {
            feuille.id: tuple(
                ligne for ligne in self.lignes(feuille.id) if est_en_vigueur(feuille, ligne, annee)
            )
            for feuille in self.modele.feuilles
        }

    def a_confirmer(self, registre: str) -> tuple[Ligne, ...]:
        """Les lignes proposées d'un registre, que la commune n'a pas encore faites siennes."""
        feuille = self.modele.par_id.get(registre)
        if feuille is None or feuille.a_confirmer is None:
            return ()
        return tuple(ligne for ligne in self.lignes(registre) if est_a_confirmer(feuille, ligne))

    def tenues(self, registre: str) -> tuple[Ligne, ...]:
        """Les lignes que la commune tient pour siennes, en vigueur ou non."""
        if registre not in self._tenues:
            proposees = frozenset(self.a_confirmer(registre))
            lignes = (ligne for ligne in self.lignes(registre) if ligne not in proposees)
            self._tenues[registre] = tuple(lignes)
        return self._tenues[registre]

    def trouver(self, registre: str, nom: Texte | None) -> Ligne | None:
        """La ligne de ce registre qui porte cette clé, à la casse et aux blancs près."""
        return self.par_cle.get(registre, {}).get(cle(nom)) if nom else None

    def citees(self, ligne: Ligne, colonne: str, registre: str) -> tuple[Ligne, ...]:
        """Les lignes de ``registre`` que la cellule cite et qui existent."""
        if colonne not in ligne.valeurs:
            return ()
        trouvees = (self.trouver(registre, nom) for nom in ligne.textes(colonne))
        return tuple(trouvee for trouvee in trouvees if trouvee is not None)

    def introuvables(self, colonne: Colonne, ligne: Ligne) -> tuple[str, ...]:
        """Les noms cités qui ne sont ni une ligne, ni une mention, ni un texte libre admis."""
        valeur = ligne.valeurs.get(colonne.id)
        if valeur is None or not colonne.reference or colonne.texte_libre:
            return ()
        deja_cherche = (ligne.lieu.registre, colonne.id, valeur)
        if deja_cherche not in self._perdus:
            self._perdus[deja_cherche] = self._chercher_en_vain(colonne, ligne)
        return self._perdus[deja_cherche]

    def _chercher_en_vain(self, colonne: Colonne, ligne: Ligne) -> tuple[str, ...]:
        return tuple(
            nom
            for nom in ligne.textes(colonne.id)
            if nom not in colonne.mentions
            and (colonne.plusieurs or len(nom) <= NOM_CHERCHE_MAX)
            and not any(cle(nom) in self._fois[registre] for registre in colonne.reference)
        )

    def est_fautive(self, ligne: Ligne, colonne: str) -> bool:
        """Vrai si la cellule est illisible, exigée et vide, ou cite un nom introuvable."""
        decrite = self.modele.par_id[ligne.lieu.registre].par_id[colonne]
        if ligne.valeurs.get(colonne).__class__ is str and not decrite.reference:
            return False
        return est_fautive(decrite, ligne) or bool(self.introuvables(decrite, ligne))

    def signes(self, feuille: Feuille, ligne: Ligne) -> str:
        """Un signe par colonne saisie, après celui de la vigueur ; vide pour une ligne « Total ».

        ``V`` en vigueur, ``h`` hors vigueur, ``p`` à confirmer, où rien n'est à remplir ; puis, par
        colonne : ``M`` à remplir, ``C`` à
        clarifier, ``F`` illisible ou hors liste, ``R`` référence introuvable, ``D`` clé en double,
        ``.`` rien à dire. ``f`` et ``r`` : la cellule n'est pas exigée. La feuille calcule les
        mêmes par formule (`generation.compilation`).
        """
        if ligne not in self._signes:
            self._signes[ligne] = self._juger(feuille, ligne)
        return self._signes[ligne]

    def _juger(self, feuille: Feuille, ligne: Ligne) -> str:
        if ligne in self.totaux:
            return ""
        if est_a_confirmer(feuille, ligne):
            return PROPOSEE + self._juger_les_cellules(feuille, ligne).replace(SIGNE_VIDE, ".")
        vigueur = VIGUEUR if est_en_vigueur(feuille, ligne, self.annee) else HORS
        return vigueur + self._juger_les_cellules(feuille, ligne)

    def _juger_les_cellules(self, feuille: Feuille, ligne: Ligne) -> str:
        if feuille.cle and ligne[feuille.cle] is None:
            return "".join(
                SIGNE_VIDE if colonne.id == feuille.cle else "." for colonne in feuille.saisies
            )
        valeurs = ligne.valeurs
        if self._est_sans_histoire(feuille, ligne):
            if A_CLARIFIER not in valeurs.values():
                return "." * len(feuille.saisies)
            dites = [valeurs.get(colonne.id) for colonne in feuille.saisies]
            return "".join([SIGNE_AVEU if isinstance(dite, Aveu) else "." for dite in dites])
        return "".join(
            "."
            if ((valeur := valeurs.get(colonne.id)) is None and est_utile)
            or (est_ordinaire and valeur.__class__ is str)
            else self._signe(feuille, colonne, ligne)
            for colonne, est_utile, est_ordinaire in self._colonnes[feuille.id]
        )

    def _est_sans_histoire(self, feuille: Feuille, ligne: Ligne) -> bool:
        """Vrai si aucune cellule n'a de signe, sauf un aveu ; presque toujours, vu d'un coup."""
        if ligne in self._a_regarder:
            return False
        exigibles = self._exigibles[feuille.id]
        return not any(
            est_exigee(exigibles[nom], ligne) for nom in self.sans_valeur(feuille, ligne)
        )

    def sans_valeur(self, feuille: Feuille, ligne: Ligne) -> Set[str]:
        """Les colonnes essentielles où la ligne n'a rien, exigées ou non."""
        return self._exigibles[feuille.id].keys() - ligne.valeurs.keys()

    @cached_property
    def _exigibles(self) -> Mapping[str, Mapping[str, Colonne]]:
        """Les colonnes qu'une ligne peut avoir à remplir, par feuille."""
        return {
            feuille.id: {c.id: c for c in feuille.saisies if c.est_essentielle}
            for feuille in self.modele.feuilles
        }

    @cached_property
    def _a_regarder(self) -> frozenset[Ligne]:
        """Les lignes dont une cellule remplie a peut-être un signe, « À clarifier » à part."""
        perdues = (ligne for lignes in self.perdues.values() for ligne in lignes)
        illisibles = (ligne for ligne, _, _ in self.illisibles)
        return frozenset(
            (*illisibles, *(ligne for ligne, _ in self.tapees), *perdues, *self._en_double())
        )

    def _en_double(self) -> Iterator[Ligne]:
        """Les lignes dont une autre porte la clé."""
        for feuille in self.modele.registres:
            fois = self._fois[feuille.id]
            for ligne in self.lignes(feuille.id):
                valeur = ligne.valeurs.get(feuille.cle or "")
                if valeur is not None and fois[cle(str(valeur))] > 1:
                    yield ligne

    @cached_property
    def perdues(self) -> Mapping[tuple[str, str], tuple[Ligne, ...]]:
        """Par feuille et colonne de références, les lignes qui y citent un nom introuvable."""
        return {
            (feuille.id, colonne.id): tuple(self._perdues(feuille, colonne))
            for feuille in self.modele.feuilles
            for colonne in feuille.saisies
            if colonne.reference and not colonne.texte_libre
        }

    def _perdues(self, feuille: Feuille, colonne: Colonne) -> Iterator[Ligne]:
        """Chaque valeur de la colonne ne se cherche qu'une fois."""
        est_perdue: dict[Valeur, bool] = {}
        for ligne in self.lignes(feuille.id):
            valeur = ligne.valeurs.get(colonne.id)
            if valeur is None:
                continue
            if valeur not in est_perdue:
                est_perdue[valeur] = bool(self.introuvables(colonne, ligne))
            if est_perdue[valeur]:
                yield ligne

    @cached_property
    def _colonnes(self) -> Mapping[str, tuple[tuple[Colonne, bool, bool], ...]]:
        """Les colonnes saisies d'une feuille ; jamais exigée ? tout texte y est-il juste ?"""
        return {
            feuille.id: tuple(
                (
                    colonne,
                    not colonne.est_essentielle,
                    not colonne.reference and colonne.id != feuille.cle,
                )
                for colonne in feuille.saisies
            )
            for feuille in self.modele.feuilles
        }

    def _signe(self, feuille: Feuille, colonne: Colonne, ligne: Ligne) -> str:
        valeur = ligne.valeurs.get(colonne.id)
        if valeur is None or est_remise(valeur):
            return SIGNE_VIDE if est_exigee(colonne, ligne) else "."
        if isinstance(valeur, Aveu):
            return SIGNE_AVEU
        if not self._se_lit_dans_la_feuille(colonne, ligne, valeur):
            return "F" if est_exigee(colonne, ligne) else "f"
        if colonne.reference and self.introuvables(colonne, ligne):
            return "R" if est_exigee(colonne, ligne) else "r"
        est_la_cle = colonne.id == feuille.cle
        return "D" if est_la_cle and self._fois[feuille.id][cle(str(valeur))] > 1 else "."

    def _se_lit_dans_la_feuille(self, colonne: Colonne, ligne: Ligne, valeur: Valeur) -> bool:
        """Vrai si la feuille lit la cellule ; elle ne voit pas le format d'une date en montant."""
        if not isinstance(valeur, Illisible):
            return (ligne, colonne.id) not in self.tapees
        cellule = ligne.cellules.get(colonne.id)
        if cellule is None or not cellule.est_date:
            return False
        sans_format = interpreter(cellule._replace(est_date=False), attendre(colonne))
        return isinstance(sans_format, int | float)

    @cached_property
    def _fois(self) -> Mapping[str, Counter[str]]:
        """Combien de lignes portent chaque clé, une ligne « Total » comprise."""
        return {
            feuille.id: Counter(
                cle(nom)
                for ligne in self.registre.lignes(feuille.id)
                if (nom := ligne.texte(feuille.cle or ""))
            )
            for feuille in self.modele.registres
        }

    def est_complete(self, feuille: Feuille, ligne: Ligne) -> bool:
        """Vrai si rien n'y est à corriger ni à remplir ; « À clarifier » est une réponse."""
        return not set(self.signes(feuille, ligne)) & set(EMPECHENT)

    @cached_property
    def completude(self) -> Mapping[str, Completude]:
        """La complétude de chaque registre, dans l'ordre du classeur."""
        return {feuille.id: self._completude(feuille) for feuille in self.modele.registres}

    def _completude(self, feuille: Feuille) -> Completude:
        lignes = self.en_vigueur(feuille.id)
        completes = sum(self.est_complete(feuille, ligne) for ligne in lignes)
        return Completude(completes, len(lignes))

    @property
    def completude_totale(self) -> Completude:
        """Les lignes cumulées de tous les registres."""
        return sum(self.completude.values(), Completude())

    def est(self, ligne: Ligne, *marques: Marque) -> bool:
        """Vrai si la cellule répond à une de ces marques ; vide, elle vaut ce que dit le modèle."""
        valeurs = ligne.valeurs
        for marque in marques:
            reponses = self._reponses.get(marque)
            if reponses is None:
                reponses = self._reponses[marque] = self._chercher_les_reponses(marque)
            valeur = valeurs.get(marque.colonne)
            if valeur.__class__ is Illisible and est_remise(valeur):
                valeur = None
            if valeur in reponses:
                return True
        return False

    def _chercher_les_reponses(self, marque: Marque) -> frozenset[Valeur | None]:
        """Les valeurs qui répondent à cette marque, le vide compris s'il en tient lieu."""
        libelles = self.modele.libelles(marque)
        tacite = self.modele.si_vide(marque.feuille, marque.colonne)
        vide = (None,) if tacite in libelles else ()
        return frozenset((*map(TexteSaisi, libelles), *vide))

    @cached_property
    def tapees(self) -> frozenset[tuple[Ligne, str]]:
        """Les dates et les nombres que le tableur ne tient pas pour tels (`est_tape_en_texte`)."""
        return frozenset(
            (ligne, colonne.id)
            for feuille in self.modele.feuilles
            for natives in [{c.id: c for c in feuille.saisies if c.genre in NATIFS}]
            for ligne in self.lignes(feuille.id)
            for colonne in map(natives.__getitem__, natives.keys() & ligne.valeurs.keys())
            if est_tape_en_texte(colonne, ligne)
        )

    def seuil(self, identifiant: str) -> int:
        """Un seuil de la commune : sa valeur dans la fiche, sinon celle du modèle."""
        valeur = self.registre.commune.nombre(identifiant)
        return self.modele.fiche.par_id[identifiant].defaut or 0 if valeur is None else int(valeur)
