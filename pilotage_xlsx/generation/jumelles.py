"""La valeur juste de chaque colonne cachée : un lecteur qui ne recalcule pas montre la vérité."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property

from pilotage_xlsx.generation.balises import (
    AVOUE,
    BALISE,
    EGAUX,
    JUSTE,
    NOMBRES,
    baliser,
    borner,
    extrait,
    substitutions,
)
from pilotage_xlsx.generation.compilation import DIT, UN_DEMI
from pilotage_xlsx.generation.echeancier import (
    FAMILLES,
    JAMAIS,
    SANS_DATE,
    SIGLES,
    UN_JOUR,
    UNE_FAMILLE,
)
from pilotage_xlsx.generation.mots import CODE_AVOUE, CODE_FAUTIF, CODE_VIDE, Mots
from pilotage_xlsx.generation.numeros import en_nombre, prochain_numero
from pilotage_xlsx.generation.plan import Plan, PlanDeRegistre
from pilotage_xlsx.generation.syntaxe import capitaliser
from pilotage_xlsx.generation.techniques import (
    BRUTS,
    RIEN,
    UN_PAR_UN,
    VISES,
    VISES_ENSEMBLE,
    cite_de,
    code_de,
    codees,
    date_comptee,
    nom_de,
    perdu_de,
    se_cherche,
)
from pilotage_xlsx.generation.zone import premiere_libre
from pilotage_xlsx.metier.affaires import dernier_jour_utile, reponse_au_contrat
from pilotage_xlsx.metier.bilan import dire_etat, dire_les_premiers, enumerer
from pilotage_xlsx.metier.chiffres.dependance import PAR_PRESTATAIRE
from pilotage_xlsx.metier.etat import (
    FAUTES,
    NOM_CHERCHE_MAX,
    SIGNE_AVEU,
    SIGNE_VIDE,
    VIGUEUR,
    Etat,
    est_exigee,
)
from pilotage_xlsx.metier.jugements import est_sans_fin
from pilotage_xlsx.metier.liens import Liens
from pilotage_xlsx.metier.taches import Tache, Travail, a_faire
from pilotage_xlsx.modele import ETAT, SEPARATEUR, Colonne
from pilotage_xlsx.modele.sens import PROPOSEE, VIVANTE
from pilotage_xlsx.modele.vocabulaire import Aveu
from pilotage_xlsx.registre import Illisible, Ligne
from pilotage_xlsx.registre.genres import afficher
from pilotage_xlsx.socle.dates import vers_serie
from pilotage_xlsx.socle.typographie import FINE

Valeur = float | str
Valeurs = Mapping[str, Valeur]

FAMILLE_D_UN_TRAVAIL: Mapping[Travail, str] = {
    Travail.REVISION: "revision",
    Travail.PROPOSITION: "proposition",
    Travail.INCIDENT: "incident",
}
"""La famille d'un travail ; les autres sont des contrats."""

_JOKERS = str.maketrans({joker: f"~{joker}" for joker in "~*?"})
_RIENS: Valeurs = {
    "total": 0,
    "rang": 0,
    "numero": 0,
    "cle": RIEN,
    "service": 0,
    "indispensable": RIEN,
    "fournisseur": RIEN,
    "dependance": RIEN,
    "cherche": JAMAIS,
    **dict.fromkeys(("visee", "liee", "autres_visees", "autres", "vivante", "reponse"), 0),
    **dict.fromkeys(("cherches", "dits", "annee", "numero_vivant", "noms", "remplacees"), RIEN),
    **dict.fromkeys(("manquent", "a_clarifier", "introuvables", "a_corriger"), RIEN),
    **dict.fromkeys(("cout", "sans_fin", "terme", "dernier", "contrat", "sigle"), RIEN),
    **dict.fromkeys(("dependants", "revision", "proposition", "incident"), RIEN),
    **dict.fromkeys((*VISES, VISES_ENSEMBLE), RIEN),
}
"""Ce que vaut une ligne vide, là où ce n'est pas un texte vide."""


class Jumelles:
    """Les valeurs des colonnes cachées d'un registre, ligne par ligne."""

    def __init__(self, plan: Plan, registre: PlanDeRegistre, liens: Liens) -> None:
        self.plan = plan
        self.registre = registre
        self.feuille = registre.feuille
        self.liens = liens
        self.etat: Etat = liens.etat
        self.mots = {c.id: Mots(plan.modele, c) for c in codees(registre.feuille)}
        self.references = [c for c in registre.feuille.saisies if se_cherche(c)]

    def colonnes(self) -> Mapping[str, Sequence[Valeur]]:
        """Par colonne (`ETAT` et les cachées), ses valeurs, de la première ligne à la dernière."""
        combien = self.registre.derniere - self.registre.ligne_entete
        lignes = [self._de(ligne) for ligne in self.registre.lignes]
        lignes += [self._d_une_vide] * (combien - len(lignes))
        annoncee = premiere_libre(self.registre) - self.registre.premiere
        if (
            self.feuille.prefixe
            and self.plan.annee
            and annoncee >= 0
            and not lignes[annoncee].get("signes")
        ):
            numero = prochain_numero(self.feuille, self.registre.lignes, self.plan.annee)
            lignes[annoncee] = {**lignes[annoncee], ETAT: f"Prochain n°{FINE}: {numero}"}
        noms = (ETAT, *self.registre.techniques)
        return {nom: [ligne.get(nom, "") for ligne in lignes] for nom in noms}

    @cached_property
    def _d_une_vide(self) -> Valeurs:
        texte = self._encadrer("".join(baliser(*case) for case in self._numerotees))
        perdus = {perdu_de(colonne): 0 for colonne in self.references}
        codes = {code_de(colonne): CODE_VIDE for colonne in codees(self.feuille)}
        cites = {
            nom: RIEN
            for colonne in self.references
            for nom in (cite_de(colonne), *_premiers(colonne))
        }
        return {**_RIENS, **perdus, **codes, **cites, "texte": texte}

    @property
    def _numerotees(self) -> Sequence[tuple[int, Colonne]]:
        return [*enumerate(self.feuille.saisies, 1)]

    def _encadrer(self, texte: str) -> str:
        return f"{self.feuille.id}{texte}{borner(len(self.feuille.saisies) + 1)}"

    def _de(self, ligne: Ligne) -> Valeurs:
        signes = self.etat.signes(self.feuille, ligne)
        en_vigueur = signes.startswith(VIGUEUR)
        comptes = {"manquent": SIGNE_VIDE, "a_clarifier": SIGNE_AVEU, "introuvables": "Rr",
                   "a_corriger": FAUTES}  # fmt: skip
        nom = ligne[self.feuille.cle or ""]
        comptee = date_comptee(self.feuille)
        date = ligne.date(comptee) if comptee else None
        return {
            **self._d_une_vide,
            ETAT: dire_etat(self.feuille, signes),
            "texte": self._baliser(ligne),
            "total": int(ligne in self.etat.totaux),
            "cle": RIEN if nom is None else self.registre.cle_de(ligne),
            "rang": 0 if nom is None else self._rang(ligne),
            "annee": date.year if date else RIEN,
            BRUTS: self._bruts(ligne, signes),
            "signes": signes,
            **self._enumerer(signes),
            **{c: sum(map(signes.count, s)) if en_vigueur else RIEN for c, s in comptes.items()},
            "numero": 0 if nom is None else en_nombre(self.feuille, ligne) or RIEN,
            **{code_de(c): self._code(c, ligne) for c in codees(self.feuille)},
            **{nom: cite for c in self.references for nom, cite in self._noms(c, ligne).items()},
            **{perdu_de(c): int(bool(self.etat.introuvables(c, ligne))) for c in self.references},
            **_DU_METIER.get(self.feuille.id, _rien)(self, ligne),
        }

    def _rang(self, ligne: Ligne) -> float:
        """La place de la première ligne de même clé ; un demi de plus si ce n'est pas elle."""
        premiere = self.registre.premieres[self.registre.cle_de(ligne)]
        return premiere if premiere == self.registre.places[ligne] else premiere + UN_DEMI

    def _enumerer(self, signes: str) -> Valeurs:
        """Les signes que l'état énumère, et les libellés qu'il dit."""
        libelles = enumerer(self.feuille, signes)
        if not libelles:
            return {}
        vus = FAUTES if set(signes) & set(FAUTES) else SIGNE_VIDE
        cherches = vus[0] + signes.translate(dict.fromkeys(map(ord, vus), DIT))
        return {"cherches": cherches, "dits": dire_les_premiers(libelles)}

    def _bruts(self, ligne: Ligne, signes: str) -> str:
        """Les mêmes, comme si la clé était seule, et chaque nom cité introuvable."""
        if not signes or ligne[self.feuille.cle or ""] is None:
            return signes
        bruts = list(signes.replace("D", "."))
        for place, colonne in enumerate(self.feuille.saisies, 1):
            cite = colonne in self.references and not ligne.est_vide(colonne.id)
            if cite and bruts[place] == ".":
                bruts[place] = "R" if est_exigee(colonne, ligne) else "r"
        return "".join(bruts)

    def _code(self, colonne: Colonne, ligne: Ligne) -> str:
        if ligne.est_vide(colonne.id):
            return CODE_VIDE
        valeur = ligne[colonne.id]
        if isinstance(valeur, Aveu):
            return CODE_AVOUE
        return self.mots[colonne.id].code(valeur) if isinstance(valeur, str) else CODE_FAUTIF

    def _cites(self, colonne: Colonne, ligne: Ligne) -> str:
        valeur = ligne[colonne.id]
        if ligne.est_vide(colonne.id) or isinstance(valeur, Aveu | Illisible):
            return RIEN
        est_trop_long = len(afficher(valeur)) > NOM_CHERCHE_MAX
        if not colonne.plusieurs and (valeur in colonne.mentions or est_trop_long):
            return RIEN
        return self._garder(colonne, ligne).translate(_JOKERS)

    def _noms(self, colonne: Colonne, ligne: Ligne) -> Valeurs:
        """Ce qu'une cellule cite : le tout, puis ses premiers noms, si elle en admet plusieurs."""
        cites = self._cites(colonne, ligne)
        morceaux = [morceau.strip() for morceau in cites.split(SEPARATEUR)]
        premiers = dict.fromkeys(_premiers(colonne), RIEN)
        premiers |= dict(zip(premiers, morceaux, strict=False))
        return {cite_de(colonne): cites, **premiers}

    def _garder(self, colonne: Colonne, ligne: Ligne) -> str:
        """Ce que le texte balisé garde d'une cellule de texte."""
        est_avouee = isinstance(ligne[colonne.id], Aveu)
        return AVOUE if est_avouee else capitaliser(_extraire(colonne, ligne))

    def _baliser(self, ligne: Ligne) -> str:
        cases = "".join(f"{baliser(*case)}{_extraire(case[1], ligne)}" for case in self._numerotees)
        texte = self._encadrer(capitaliser(cases).replace(f" {BALISE}", BALISE).rstrip())
        for egal in EGAUX:
            texte = texte.replace(f"{egal} ", egal)
        for avant, apres in self._substitutions.items():
            texte = texte.replace(avant, apres)
        return texte

    @cached_property
    def _substitutions(self) -> Mapping[str, str]:
        substituees = substitutions(self.feuille.saisies)
        return {avant.upper(): apres for avant, apres in substituees.items()}

    @cached_property
    def _places(self) -> Mapping[str, Mapping[Ligne, int]]:
        return {r.feuille.id: r.places for r in self.plan.registres}

    @cached_property
    def _taches(self) -> Mapping[tuple[str, Ligne], Tache]:
        return {(famille_de(tache), tache.ligne): tache for tache in a_faire(self.liens)}

    def _trier(self, famille: str, ligne: Ligne) -> Valeur:
        """La clé de tri d'une tâche de cette famille ; rien si la ligne n'en a pas."""
        tache = self._taches.get((famille, ligne))
        return RIEN if tache is None else trier(tache, self._places[self.feuille.id][ligne])

    def outil(self, ligne: Ligne) -> Valeurs:
        """Ce que l'échéancier dit d'un outil."""
        liens, places = self.liens, self._places["prestataires"]
        en_service = ligne in liens.en_service_a_coup_sur
        fournisseur = liens.prestataire(ligne)
        place = places[fournisseur] if fournisseur else RIEN
        cout = ligne.nombre("cout_annuel") if en_service else None
        tache = self._taches.get(("contrat", ligne))
        terme = ligne.date("echeance")
        sans_fin = en_service and est_sans_fin(liens, ligne)
        return {
            "service": int(en_service),
            "indispensable": 1 if ligne in self._indispensables else RIEN,
            "cout": RIEN if cout is None else cout,
            "fournisseur": place,
            "dependance": place if ligne in self._indispensables else RIEN,
            "sans_fin": self._places["outils"][ligne] if sans_fin else RIEN,
            **self._du_terme(ligne, terme),
            "cherche": self._chercher(ligne),
            "contrat": self._trier("contrat", ligne),
            "sigle": SIGLES[tache.travail] if tache else RIEN,
        }

    def _chercher(self, ligne: Ligne) -> str:
        cle = self.feuille.par_id[self.feuille.cle or ""]
        if ligne.est_vide(cle.id):
            return JAMAIS
        return self._garder(cle, ligne).translate(_JOKERS)

    def _du_terme(self, ligne: Ligne, terme: date | None) -> Valeurs:
        if terme is None:
            return {}
        dernier = dernier_jour_utile(self.liens, ligne, terme)
        reponse = reponse_au_contrat(self.liens, ligne, dernier)
        jours = {"terme": vers_serie(terme), "dernier": vers_serie(dernier)}
        jour = terme if terme < self.liens.au else dernier
        est_loin = (jour - self.liens.au).days > self.liens.delai_de_decision
        repond = reponse is not None and not est_loin
        return {**jours, **self._des_liees(ligne), "reponse": int(repond)}

    def _des_liees(self, ligne: Ligne) -> Valeurs:
        """La première décision de chaque façon d'être liée : la plus récente, et s'il y en a
        d'autres."""
        cle, origine = self.feuille.cle or "", self.feuille.par_id["decision_origine"]
        nom = "" if ligne.est_vide(cle) else self._garder(self.feuille.par_id[cle], ligne)
        dates = [self._vivantes.get((vise, nom), ()) for vise in VISES]
        ensemble = (noms for ou, noms in self._vivantes if ou == VISES_ENSEMBLE)
        citent = (noms for noms in ensemble if f"{SEPARATEUR}{nom}{SEPARATEUR}" in noms)
        dates.append([date for noms in citent for date in self._vivantes[VISES_ENSEMBLE, noms]])
        toutes = [*dates, self._vivantes.get(("numero_vivant", self._cites(origine, ligne)), ())]
        return {
            "visee": max(vues[0] for vues in (*dates, (0.0,)) if vues),
            "liee": max(vues[0] for vues in (*toutes, (0.0,)) if vues),
            "autres_visees": int(any(len(vues) > 1 for vues in dates)),
            "autres": int(any(len(vues) > 1 for vues in toutes)),
        }

    @cached_property
    def _vivantes(self) -> Mapping[tuple[str, str], Sequence[float]]:
        """Par colonne et par texte, les dates des décisions vivantes, dans l'ordre des lignes."""
        registre = self.plan.registre("decisions")
        decisions = Jumelles(self.plan, registre, self.liens)
        dates: dict[tuple[str, str], list[float]] = {}
        for decision in map(decisions.decision, registre.lignes):
            for ou in ("numero_vivant", *VISES, VISES_ENSEMBLE):
                texte = str(decision.get(ou, RIEN))
                if texte != RIEN:
                    texte = texte.translate(_JOKERS) if ou == "numero_vivant" else texte
                    dates.setdefault((ou, texte), []).append(float(decision["vivante"]))
        return dates

    @cached_property
    def _indispensables(self) -> frozenset[Ligne]:
        return frozenset(self.liens.indispensables)

    @cached_property
    def _dependants(self) -> Mapping[Ligne, int]:
        parts = PAR_PRESTATAIRE.mesurer(self.liens, self.liens.registre.annee).parts
        return {nom: len(outils) for nom, outils in parts if isinstance(nom, Ligne)}

    def prestataire(self, ligne: Ligne) -> Valeurs:
        """Combien d'outils indispensables en dépendent, en clé de tri."""
        combien, place = self._dependants.get(ligne, 0), self._places["prestataires"][ligne]
        trie = combien * UNE_FAMILLE + UNE_FAMILLE - 1 - place
        return {"dependants": trie if combien else RIEN}

    def decision(self, ligne: Ligne) -> Valeurs:
        """Ce que l'échéancier dit d'une décision."""
        date = ligne.date("date")
        est_vivante = self.liens.est(ligne, VIVANTE) and ligne not in self.etat.totaux
        vivante: Valeur = vers_serie(date) if date else SANS_DATE
        reprend = self.liens.est(ligne, PROPOSEE)
        return {
            "vivante": vivante if est_vivante else 0,
            **(self._vises(ligne) if est_vivante else {}),
            "remplacees": self._entourer("remplace", ligne) if reprend else RIEN,
            "revision": self._trier("revision", ligne),
            "proposition": self._trier("proposition", ligne),
        }

    def _vises(self, ligne: Ligne) -> Valeurs:
        """Le numéro d'une décision vivante, et les outils qu'elle cite."""
        noms = self._entourer("outil", ligne)
        vises = noms.split(SEPARATEUR)[1:-1]
        numero = ligne[self.feuille.cle or ""]
        return {
            "numero_vivant": RIEN if numero is None else capitaliser(afficher(numero)),
            "noms": noms,
            **dict(zip(VISES, vises, strict=False)),
            VISES_ENSEMBLE: noms if len(vises) > UN_PAR_UN else RIEN,
        }

    def incident(self, ligne: Ligne) -> Valeurs:
        """Ce que l'échéancier dit d'un incident."""
        return {"incident": self._trier("incident", ligne)}

    def _entourer(self, identifiant: str, ligne: Ligne) -> str:
        colonne = self.feuille.par_id[identifiant]
        if ligne.est_vide(identifiant):
            return RIEN
        noms = [nom.strip() for nom in self._garder(colonne, ligne).split(SEPARATEUR)]
        return f"{SEPARATEUR}{SEPARATEUR.join(noms)}{SEPARATEUR}"


_DU_METIER: Mapping[str, Callable[[Jumelles, Ligne], Valeurs]] = {
    "outils": Jumelles.outil,
    "prestataires": Jumelles.prestataire,
    "decisions": Jumelles.decision,
    "incidents": Jumelles.incident,
}


def _premiers(colonne: Colonne) -> tuple[str, ...]:
    """Les colonnes cachées des premiers noms d'une cellule qui en admet plusieurs."""
    rangs = range(UN_PAR_UN if colonne.plusieurs else 0)
    return tuple(nom_de(colonne, rang) for rang in rangs)


def _rien(_: Jumelles, __: Ligne) -> Valeurs:
    return {}


def famille_de(tache: Tache) -> str:
    """La famille (`FAMILLES`) d'une tâche."""
    return FAMILLE_D_UN_TRAVAIL.get(tache.travail, "contrat")


def trier(tache: Tache, place: int) -> float:
    """La clé de tri d'une tâche dont la ligne a cette place dans sa table (dès 1)."""
    rang = list(FAMILLES).index(famille_de(tache))
    return vers_serie(tache.jour) * UN_JOUR + rang * UNE_FAMILLE + place


def _extraire(colonne: Colonne, ligne: Ligne) -> str:
    valeur = ligne[colonne.id]
    est_un_nombre = colonne.genre in NOMBRES and not isinstance(valeur, str | Illisible | None)
    return JUSTE if est_un_nombre else afficher(valeur)[: extrait(colonne)]
