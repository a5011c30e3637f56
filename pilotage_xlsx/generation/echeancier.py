"""Les échéances d'une ligne, en formules : la jumelle de `affaires`, `taches` et des chiffres.

Chaque formule est une colonne cachée (`techniques`) : le tableau de bord n'a plus qu'à compter,
trier et montrer, et les couleurs, qu'à regarder leur propre ligne.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from pilotage_xlsx.generation.balises import EXTRAIT_DE_NOMS, FAUTIF, JUSTE
from pilotage_xlsx.generation.citations import combien_de_separateurs, nommer
from pilotage_xlsx.generation.compilation import Compilateur
from pilotage_xlsx.generation.plan import Plan, PlanDeRegistre
from pilotage_xlsx.generation.syntaxe import sans_jokers, tous, un_de
from pilotage_xlsx.generation.techniques import (
    BRUTS,
    RIEN,
    UN_PAR_UN,
    VISES,
    VISES_ENSEMBLE,
    cite_de,
)
from pilotage_xlsx.metier.taches import Travail
from pilotage_xlsx.modele import SEPARATEUR
from pilotage_xlsx.modele.sens import (
    ARRETE,
    DUREE_INDETERMINEE,
    EN_PROJET,
    EN_SERVICE,
    EXPRESSE,
    INCIDENT_OUVERT,
    INDISPENSABLE,
    PROPOSEE,
    SANS_CONTRAT,
    TACITE,
    VALIDEE,
    VIVANTE,
)
from pilotage_xlsx.modele.vocabulaire import Marque

SIGLES: Mapping[Travail, str] = {
    Travail.ECHU: "E",
    Travail.RESILIATION_PASSEE: "P",
    Travail.RESILIATION: "A",
    Travail.FIN: "F",
    Travail.RENOUVELLEMENT: "N",
}
"""Le sigle de ce qu'un contrat demande."""

FAMILLES: Mapping[str, str] = {
    "contrat": "outils",
    "revision": "decisions",
    "proposition": "decisions",
    "incident": "incidents",
}
"""Les familles de tâches et leur registre, dans l'ordre qui départage deux tâches du même jour."""

UN_JOUR, UNE_FAMILLE = 10_000_000, 1_000_000
"""La clé de tri d'une tâche : jour × UN_JOUR + famille × UNE_FAMILLE + sa place dans la table."""

SANS_DATE = 9_999_999
"""Tient lieu de la date d'une décision qui n'en a pas de lisible : elle compte toujours."""

JAMAIS = "\ue009"
"""Un texte qu'aucune cellule n'a."""


class Echeancier(Compilateur):
    """Les formules du métier, pour la première ligne d'un registre."""

    def __init__(self, plan: Plan, registre: PlanDeRegistre) -> None:
        super().__init__(plan, registre)
        self.aujourd_hui, self.horizon = self.zone.aujourd_hui, self.zone.horizon
        self.place = f"(ROW()-ROW($A${registre.ligne_entete}))"

    def du_metier(self) -> Mapping[str, str]:
        """Par colonne cachée, sa formule."""
        faire: Mapping[str, Callable[[], str]] = {
            "service": self.service,
            "indispensable": lambda: self.compte(INDISPENSABLE),
            "cout": self.cout,
            "fournisseur": self.fournisseur,
            "dependance": self.dependance,
            "sans_fin": self.sans_fin,
            "terme": self.terme,
            "dernier": self.dernier,
            "cherche": self.cherche,
            "visee": self.visee,
            "liee": self.liee,
            "autres_visees": self.autres_visees,
            "autres": self.autres,
            "reponse": self.reponse,
            "contrat": self.contrat,
            "sigle": self.sigle,
            "dependants": self.dependants,
            "vivante": self.vivante,
            "numero_vivant": self.numero_vivant,
            "noms": self.noms,
            **{nom: partial(self.vise, rang) for rang, nom in enumerate(VISES)},
            VISES_ENSEMBLE: self.vises,
            "remplacees": self.remplacees,
            "revision": self.revision,
            "proposition": self.proposition,
            "incident": self.incident,
        }
        return {nom: faire[nom]() for nom in self.registre.techniques if nom in faire}

    def service(self) -> str:
        """1 pour un outil dont la commune se sert."""
        return f"IF({tous([self._est_en_vigueur(), self.repond(EN_SERVICE)])},1,0)"

    def compte(self, criticite: Marque) -> str:
        """1 pour un outil en service de cette criticité, sinon rien."""
        return f'IF(AND({self.technique("service")}=1,{self.repond(criticite)}),1,"{RIEN}")'

    def cout(self) -> str:
        """Le coût annuel d'un outil en service, rien s'il n'est pas connu."""
        connu = tous([f"{self.technique('service')}=1", self.commence("cout_annuel", JUSTE)])
        return f'IF({connu},{self.cellule("cout_annuel")},"{RIEN}")'

    def fournisseur(self) -> str:
        """La place du prestataire inscrit dans sa feuille (dès 1), sinon rien."""
        nom = self.technique(cite_de(self.feuille.par_id["prestataire"]))
        cles = self.plan.registre("prestataires").nommer("cle")
        return f'IF({nom}="{RIEN}",{nom},IFERROR(MATCH({nom},{cles},0)-1,"{RIEN}"))'

    def dependance(self) -> str:
        """Cette place, pour un outil indispensable en service."""
        est_compte = f"{self.technique('indispensable')}=1"
        return f'IF({est_compte},{self.technique("fournisseur")},"{RIEN}")'

    def sans_fin(self) -> str:
        """La place d'un outil en service dont le contrat n'a pas de fin inscrite."""
        tenu = f"ISNUMBER({self.technique('fournisseur')})"
        sans_fin = (
            f"AND(NOT({self.repond(SANS_CONTRAT)}),OR({self.repond(DUREE_INDETERMINEE)},{tenu}))"
        )
        essais = [f"{self.technique('service')}=1", self.est_vide("echeance"), sans_fin]
        return f'IF({tous(essais)},{self.place},"{RIEN}")'

    def terme(self) -> str:
        """La fin du contrat, si elle se lit."""
        return self._jour_de("echeance", f'"{RIEN}"')

    def dernier(self) -> str:
        """Le dernier jour utile : la fin d'un contrat qui finit ou dont le délai manque, sinon
        celle de ce délai."""
        terme = self.technique("terme")
        resiliation = f"EDATE({terme},-{self.cellule('delai_resiliation')})"
        a_son_delai = tous([self.commence("delai_resiliation", JUSTE), f"NOT({self._finit()})"])
        return f'IF({terme}="{RIEN}",{terme},IF({a_son_delai},{resiliation},{terme}))'

    def visee(self) -> str:
        """La date de décisions vivantes qui visent l'outil, la plus récente des premières
        inscrites ; 0 s'il n'y en a pas.

        Elle ne dépend ni du jour, ni de leurs numéros : à chaque frappe, ce qui en dépend se
        recalcule.
        """
        dates = ",".join(self._date_d_une_vivante(*lien) for lien in self._visees())
        return f'IF({self.technique("terme")}="{RIEN}",0,MAX({dates}))'

    def liee(self) -> str:
        """La même, celle de la décision d'origine comprise."""
        nom, ou = self._d_origine()
        date = f'IF({nom}="{RIEN}",0,{self._date_d_une_vivante(nom, ou)})'
        return f'IF({self.technique("terme")}="{RIEN}",0,MAX({self.technique("visee")},{date}))'

    def _date_d_une_vivante(self, nom: str, ou: str) -> str:
        vivante = self.plan.registre("decisions").nommer("vivante")
        return f"IFERROR(INDEX({vivante},MATCH({nom},{ou},0)),0)"

    def autres_visees(self) -> str:
        """1 s'il y en a d'autres qui le visent, qu'il faut compter ; rarement."""
        plusieurs = ",".join(_est_plusieurs(*lien) for lien in self._visees())
        return f"IF({self.technique('visee')}=0,0,IF(OR({plusieurs}),1,0))"

    def autres(self) -> str:
        """1 s'il y a d'autres décisions liées."""
        nom, ou = self._d_origine()
        plusieurs = f'IF({nom}="{RIEN}",0,IF({_est_plusieurs(nom, ou)},1,0))'
        visees = self.technique("autres_visees")
        return f"IF({self.technique('liee')}=0,0,IF({visees}=1,1,{plusieurs}))"

    def reponse(self) -> str:
        """1 si l'une d'elles est assez récente pour répondre au contrat (`affaires`).

        Seul un contrat qui compte maintenant le demande : compter coûte, et dépend du jour.
        """
        mois = self.plan.modele.identite.seuils.decision_recente_mois
        depuis = f"EDATE(MIN({self.aujourd_hui},{self.technique('dernier')}),-{mois})"
        recentes = f'{self.plan.registre("decisions").nommer("vivante")},">="&{depuis}'
        comptes = (
            f'IFERROR(COUNTIFS({ou},"="&{nom},{recentes}),0)'
            for nom, ou in self._liens_aux_decisions()
        )
        liee = self.technique("liee")
        repondue = f"IF({self.technique('autres')}=0,0,IF({'+'.join(comptes)}>0,1,0))"
        est_loin = f"{self._jour_du_contrat()}>{self.horizon}"
        return f"IF({liee}=0,0,IF({est_loin},0,IF({liee}>={depuis},1,{repondue})))"

    def _liens_aux_decisions(self) -> Iterator[tuple[str, str]]:
        """Ce qui lie l'outil aux décisions vivantes : le texte cherché, et où."""
        yield from self._visees()
        origine, ou = self._d_origine()
        yield f'IF({origine}="{RIEN}","{JAMAIS}",{origine})', ou

    def _visees(self) -> Iterator[tuple[str, str]]:
        """Un par un : un joker devant chaque nom coûterait dix fois plus (mesuré)."""
        decisions, nom = self.plan.registre("decisions"), self.technique("cherche")
        yield from ((nom, decisions.nommer(vise)) for vise in VISES)
        yield f'"*{SEPARATEUR}"&{nom}&"{SEPARATEUR}*"', decisions.nommer(VISES_ENSEMBLE)

    def _d_origine(self) -> tuple[str, str]:
        origine = self.technique(cite_de(self.feuille.par_id["decision_origine"]))
        return origine, self.plan.registre("decisions").nommer("numero_vivant")

    def cherche(self) -> str:
        """Le nom de l'outil, à chercher parmi ceux que citent les décisions."""
        nom = sans_jokers(self._contenu(self._cle()))
        return f'IF({self._est_vide(self._cle())},"{JAMAIS}",{nom})'

    def _jour_du_contrat(self) -> str:
        terme, dernier = self.technique("terme"), self.technique("dernier")
        return f"IF({self._est_echu()},{terme},{dernier})"

    def contrat(self) -> str:
        """La clé de tri du contrat qui compte maintenant, s'il est proche ou passé sans réponse."""
        terme, jour = self.technique("terme"), self._jour_du_contrat()
        compte = tous([self._engage(), f"{self.technique('reponse')}=0", f"{jour}<={self.horizon}"])
        trie = self._trier(jour, "contrat")
        return f'IF({terme}="{RIEN}",{terme},IF({compte},{trie},"{RIEN}"))'

    def sigle(self) -> str:
        """Le sigle (`SIGLES`) du travail que ce contrat demande."""
        passe = f'IF({self.technique("dernier")}<{self.aujourd_hui},"P","A")'
        avec_delai = f'IF({self.commence("delai_resiliation", JUSTE)},{passe},"F")'
        sigle = f'IF({self._est_echu()},"E",IF({self._finit()},"N",{avec_delai}))'
        contrat = self.technique("contrat")
        return f'IF({contrat}="{RIEN}",{contrat},{sigle})'

    def dependants(self) -> str:
        """Combien d'outils indispensables en dépendent, et sa place, en clé de tri décroissante."""
        dependances = self.plan.registre("outils").nommer("dependance")
        compte = f"COUNTIF({dependances},{self.place})"
        trie = f"{compte}*{UNE_FAMILLE}+{UNE_FAMILLE - 1}-{self.place}"
        return f'IFERROR(IF({compte}>0,{trie},"{RIEN}"),"{RIEN}")'

    def vivante(self) -> str:
        """La date d'une décision vivante ; `SANS_DATE` si elle ne se lit pas ; 0 d'une autre."""
        date = self._jour_de("date", str(SANS_DATE))
        essais = [f"{self.technique('total')}=0", self.repond(VIVANTE)]
        return f"IF({tous(essais)},{date},0)"

    def numero_vivant(self) -> str:
        """Le numéro d'une décision vivante."""
        return self._si_vivante(self.technique("cle"))

    def noms(self) -> str:
        """Les outils que cite une décision vivante : « ;GED;SALAIRES; »."""
        return self._si_vivante(self._entourer("outil"))

    def vise(self, rang: int) -> str:
        """Celui de ce rang (dès 0)."""
        noms = self.technique("noms")
        nom = nommer(f"MID({noms},2,{EXTRAIT_DE_NOMS})", rang)
        return f'IF({combien_de_separateurs(noms)}<{rang + 2},"{RIEN}",{nom})'

    def vises(self) -> str:
        """Tous, si elle en cite davantage."""
        noms = self.technique("noms")
        combien = combien_de_separateurs(noms)
        return f'IF({combien}>{UN_PAR_UN + 1},{noms},"{RIEN}")'

    def _si_vivante(self, texte: str) -> str:
        return f'IF({self.technique("vivante")}=0,"{RIEN}",{texte})'

    def remplacees(self) -> str:
        """Les décisions qu'une proposition veut remplacer."""
        return f'IF({self.repond(PROPOSEE)},{self._entourer("remplace")},"{RIEN}")'

    def revision(self) -> str:
        """Le jour où une décision validée est à revoir, s'il est proche ou passé, et qu'aucune
        proposition ne veut déjà la remplacer."""
        jour = f"INT({self.cellule('a_revoir_le')})"
        cite = f'"*{SEPARATEUR}"&{sans_jokers(self.technique("cle"))}&"{SEPARATEUR}*"'
        reprises = (
            f"IFERROR(COUNTIF({self.registre.plage_technique('remplacees', ici=True)},{cite}),0)"
        )
        essais = [self._est_en_vigueur(), self.commence("a_revoir_le", JUSTE), self.repond(VALIDEE)]
        trie = self._trier(jour, "revision")
        proche = f'IF({jour}>{self.horizon},"{RIEN}",IF({reprises}>0,"{RIEN}",{trie}))'
        return f'IF({tous(essais)},{proche},"{RIEN}")'

    def proposition(self) -> str:
        """Une décision proposée, depuis son jour, ou aujourd'hui s'il manque."""
        essais = tous([self._est_en_vigueur(), self.repond(PROPOSEE)])
        jour = self._jour_de("date", self.aujourd_hui)
        return f'IF({essais},{self._trier(jour, "proposition")},"{RIEN}")'

    def incident(self) -> str:
        """Un incident pas encore clos, depuis son jour, ou aujourd'hui s'il manque."""
        essais = tous([self._est_en_vigueur(), self.repond(INCIDENT_OUVERT)])
        jour = self._jour_de("constate_le", self.aujourd_hui)
        return f'IF({essais},{self._trier(jour, "incident")},"{RIEN}")'

    def _trier(self, jour: str, famille: str) -> str:
        rang = list(FAMILLES).index(famille) * UNE_FAMILLE
        return f"{jour}*{UN_JOUR}+{rang}+{self.place}"

    def _est_en_vigueur(self) -> str:
        return f'LEFT({self.technique(BRUTS)},1)="V"'

    def _est_echu(self) -> str:
        return f"{self.technique('terme')}<{self.aujourd_hui}"

    def _finit(self) -> str:
        """Vrai pour un contrat qui ne repart pas de lui-même ; vide, une fois échu."""
        echu = f"AND({self.est_vide('renouvellement')},{self._est_echu()})"
        return un_de([self.repond(EXPRESSE, SANS_CONTRAT), echu])

    def _engage(self) -> str:
        """Vrai si la fin du contrat est à dire (`affaires.du_contrat`)."""
        echu = self._est_echu()
        sans_fin = f"AND({echu},{self.repond(DUREE_INDETERMINEE)})"
        en_projet = f"AND({echu},{self.repond(EN_PROJET)},{self._finit()})"
        lisibles = [f"NOT({self.est_fautive(nom)})" for nom in ("statut", "renouvellement")]
        vivant = tous([self._est_en_vigueur(), *lisibles, f"NOT({sans_fin})", f"NOT({en_projet})"])
        arrete = f"AND({self.repond(TACITE)},NOT({echu}))"
        return f"IF({self.repond(ARRETE)},{arrete},{vivant})"

    def _jour_de(self, identifiant: str, sinon: str) -> str:
        return f"IF({self.commence(identifiant, JUSTE)},INT({self.cellule(identifiant)}),{sinon})"

    def _entourer(self, identifiant: str) -> str:
        """Les noms d'une cellule, un séparateur de part et d'autre de chacun."""
        noms = self.contenu(identifiant)
        for avec, sans in ((f"{SEPARATEUR} ", SEPARATEUR), (f" {SEPARATEUR}", SEPARATEUR)):
            noms = f'SUBSTITUTE({noms},"{avec}","{sans}")'
        rien = un_de([self.est_vide(identifiant), self.commence(identifiant, FAUTIF)])
        return f'IF({rien},"{RIEN}","{SEPARATEUR}"&{noms}&"{SEPARATEUR}")'


def _est_plusieurs(nom: str, ou: str) -> str:
    """Vrai si ce texte est plus d'une fois dans cette colonne."""
    return f'IFERROR(COUNTIF({ou},"="&{nom})>1,FALSE)'
