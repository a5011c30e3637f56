"""Les échéances d'une ligne, en formules : la jumelle de `affaires`, feuilles et tableau.

La même formule sert dans un registre (elle regarde sa propre ligne) et dans le tableau de bord
(elle regarde la ligne d'une position donnée) : seule change la manière de désigner une cellule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pilotage_xlsx.generation.balises import BALISE
from pilotage_xlsx.generation.compilation import Compilateur
from pilotage_xlsx.generation.formules import est_un_nombre, est_une_date
from pilotage_xlsx.generation.plan import Plan, PlanDeRegistre
from pilotage_xlsx.generation.syntaxe import (
    citer,
    normaliser,
    sans_jokers,
    un_de,
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
from pilotage_xlsx.socle.adresses import lettres_de

SIGLES: Mapping[Travail, str] = {
    Travail.ECHU: "E",
    Travail.RESILIATION_PASSEE: "P",
    Travail.RESILIATION: "A",
    Travail.FIN: "F",
    Travail.RENOUVELLEMENT: "N",
    Travail.REVISION: "R",
}
"""Le sigle d'une échéance, que les formules se passent ; en minuscule, une révision passée."""

AUJOURD_HUI = "TODAY()"


class Echeancier(Compilateur):
    """Les formules d'une ligne d'un registre : la sienne, ou celle à ``position`` (dès 1).

    ``aujourd_hui`` et ``horizon`` sont les formules du jour, et du dernier jour annoncé.
    """

    def __init__(
        self,
        plan: Plan,
        registre: PlanDeRegistre,
        *,
        position: str = "",
        aujourd_hui: str = AUJOURD_HUI,
        horizon: str = "",
    ) -> None:
        super().__init__(plan, registre)
        self.position = position
        self.aujourd_hui = aujourd_hui
        self.horizon = horizon or f"({aujourd_hui}+{delai_de_decision(plan)})"

    def est_en_vigueur(self) -> str:
        """Vrai si la ligne compte ; une ligne vide ou « Total » n'a aucun signe."""
        return f'LEFT({self._technique("signes")},1)="V"'

    def est_en_service(self) -> str:
        """Vrai pour un outil dont la commune se sert."""
        statut = self.registre.feuille.par_id["statut"]
        libelles = self.plan.modele.libelles(EN_SERVICE)
        statuts = [self._est_vide(statut), *(self._vaut("statut", v) for v in libelles)]
        return f"AND({self.est_en_vigueur()},{un_de(statuts)})"

    def est_indispensable(self) -> str:
        """Vrai pour un outil indispensable en service."""
        return f"AND({self.est_en_service()},{self._repond(INDISPENSABLE)})"

    def contrat(self) -> str:
        """Le jour du contrat qui compte maintenant, s'il est proche ou passé sans réponse."""
        proche = self._si_proche(self._jour(), self._est_lisible("echeance"), self._engage())
        return f'IF(ISNUMBER({proche}),IF({self._a_une_reponse()},"",{self._jour()}),"")'

    def _jour(self) -> str:
        """La fin du contrat si elle est passée, sinon le dernier jour utile."""
        echeance = f"INT({self._cellule('echeance')})"
        return f"IF({self._est_echu()},{echeance},{self._dernier_jour_utile()})"

    def _est_echu(self) -> str:
        return f"INT({self._cellule('echeance')})<{self.aujourd_hui}"

    def _dernier_jour_utile(self) -> str:
        """La fin d'un contrat qui finit, ou dont le délai manque ; sinon, celle de ce délai."""
        echeance, dernier = f"INT({self._cellule('echeance')})", self._cellule("dernier_jour")
        return f"IF({self._finit()},{echeance},IF(ISNUMBER({dernier}),{dernier},{echeance}))"

    def _finit(self) -> str:
        """Vrai pour un contrat qui ne repart pas de lui-même ; vide, une fois échu."""
        vide = self._est_vide(self.registre.feuille.par_id["renouvellement"])
        finit = un_de([self._repond(EXPRESSE), self._repond(SANS_CONTRAT)])
        return f"IF({finit},TRUE,IF({vide},{self._est_echu()},FALSE))"

    def _engage(self) -> str:
        """Vrai si la fin du contrat est à dire (`affaires.du_contrat`)."""
        echu = self._est_echu()
        sans_fin = f"AND({echu},{self.a_duree_indeterminee()})"
        en_projet = f"AND({echu},{self._repond(EN_PROJET)},{self._finit()})"
        lisibles = f"AND({self._se_lit('statut')},{self._se_lit('renouvellement')})"
        vivant = f"AND({self.est_en_vigueur()},{lisibles},NOT({sans_fin}),NOT({en_projet}))"
        arrete = f"AND({self._repond(TACITE)},NOT({echu}))"
        return f"IF({self._repond(ARRETE)},{arrete},{vivant})"

    def _se_lit(self, identifiant: str) -> str:
        """Vrai si la cellule est vide, ou dit l'une des réponses admises."""
        colonne = self.registre.feuille.par_id[identifiant]
        dites = [self._vaut(identifiant, mot.libelle) for mot in self.plan.modele.mots(colonne)]
        return un_de([self._est_vide(colonne), *dites])

    def _a_une_reponse(self) -> str:
        """Vrai si une décision vivante et récente est liée à l'outil (`affaires`)."""
        decisions = Echeancier(self.plan, self.plan.registre("decisions"))
        mois = self.plan.modele.identite.seuils.decision_recente_mois
        jour = f"MIN({self.aujourd_hui},{self._dernier_jour_utile()})"
        noms, cle = decisions.noms_cites("outil"), self._technique("cle")
        cite = f'(LEN({cle})>0)*ISNUMBER(FIND("{SEPARATEUR}"&{cle}&"{SEPARATEUR}",{noms}))'
        origine = self._cellule("decision_origine")
        numero = "UPPER(" + normaliser(f'IFERROR({origine}&"","")') + ")"
        cles = self.plage_technique(decisions.registre, "cle")
        d_origine = f"({cles}={numero})*(LEN({numero})>0)"
        dates = plage_de(decisions.registre, decisions.registre.rang("date"))
        recente = f'(1-ISNUMBER({dates})*(IFERROR({dates},"")<EDATE({jour},-{mois})))'
        vivante = decisions.repondent(VIVANTE)
        return f"SUMPRODUCT({vivante}*(({cite}+{d_origine})>0)*{recente})>0"

    def repondent(self, marque: Marque) -> str:
        """Pour chaque ligne de la table, si sa cellule répond à cette marque : un tableau."""
        lignes = self.plage_technique(self.registre, "ligne")
        dits = (
            f'ISNUMBER(FIND("{self._cherche(marque.colonne, libelle)}",{lignes}))'
            for libelle in self.plan.modele.libelles(marque)
        )
        return f"(({'+'.join(dits)})>0)"

    def noms_cites(self, colonne: str) -> str:
        """Pour chaque ligne de la table, les noms que sa cellule cite : « ;GED;SALAIRES; »."""
        plage = plage_de(self.registre, self.registre.rang(colonne))
        net = normaliser(f'SUBSTITUTE(IFERROR({plage}&"",""),CHAR(10),"{SEPARATEUR}")')
        for avec, sans in ((f"{SEPARATEUR} ", SEPARATEUR), (f" {SEPARATEUR}", SEPARATEUR)):
            net = f'SUBSTITUTE({net},"{avec}","{sans}")'
        return f'"{SEPARATEUR}"&UPPER({net})&"{SEPARATEUR}"'

    def sigle_du_contrat(self) -> str:
        """Le sigle du travail qu'un contrat demande, sans regarder s'il est proche."""
        dernier = self._cellule("dernier_jour")
        passe = f'IF({dernier}<{self.aujourd_hui},"P","A")'
        avec_delai = f'IF(ISNUMBER({dernier}),{passe},"F")'
        return f'IF({self._est_echu()},"E",IF({self._finit()},"N",{avec_delai}))'

    def revision(self) -> str:
        """Le jour où une décision validée est à revoir, s'il est proche ou passé, et qu'aucune
        proposition ne veut déjà la remplacer."""
        conditions = (
            self._est_lisible("a_revoir_le"),
            self.est_en_vigueur(),
            self._repond(VALIDEE),
            f"NOT({self._est_reprise()})",
        )
        return self._si_proche(f"INT({self._cellule('a_revoir_le')})", *conditions)

    def _est_reprise(self) -> str:
        decisions = Echeancier(self.plan, self.registre)
        remplacees, cle = decisions.noms_cites("remplace"), self._technique("cle")
        cite = f'(LEN({cle})>0)*ISNUMBER(FIND("{SEPARATEUR}"&{cle}&"{SEPARATEUR}",{remplacees}))'
        return f"SUMPRODUCT({decisions.repondent(PROPOSEE)}*{cite})>0"

    def proposition(self) -> str:
        """Le jour d'une décision proposée, aujourd'hui s'il manque."""
        return self._attente("date", PROPOSEE)

    def incident(self) -> str:
        """Le jour d'un incident pas encore clos, aujourd'hui s'il manque."""
        return self._attente("constate_le", INCIDENT_OUVERT)

    def cout(self) -> str:
        """Le coût annuel d'un outil en service, rien s'il n'est pas connu."""
        cout = self.registre.feuille.par_id["cout_annuel"]
        cellule = self._cellule(cout.id)
        est_connu = f"IFERROR({est_un_nombre(cellule, cout)},FALSE)"
        return f'IF({est_connu},IF({self.est_en_service()},{cellule},""),"")'

    def prestataire(self) -> str:
        """La place du prestataire inscrit dans sa feuille (dès 1), sinon rien."""
        colonne = self.registre.feuille.par_id["prestataire"]
        debut = f'FIND("{self._balise(colonne)}",{self._texte()})+{len(self._balise(colonne))}'
        fin = f'FIND("{BALISE}",{self._texte()},{debut})'
        nom = sans_jokers(f"MID({self._texte()},{debut},{fin}-({debut}))")
        cles = self.plage_technique(self.plan.registre("prestataires"), "cle")
        return f'IF({self._est_vide(colonne)},"",IFERROR(MATCH({nom},{cles},0)-1,""))'

    def est_sans_fin(self) -> str:
        """Vrai pour un outil dont le contrat n'a pas de fin inscrite."""
        echeance = self.registre.feuille.par_id["echeance"]
        sans_contrat = self._repond(SANS_CONTRAT)
        tenu = f"AND(NOT({sans_contrat}),ISNUMBER({self.prestataire()}))"
        sans_fin = f"OR({self.a_duree_indeterminee()},{tenu})"
        return f"AND({self.est_en_service()},{self._est_vide(echeance)},{sans_fin})"

    def a_duree_indeterminee(self) -> str:
        """Vrai pour un contrat dit de durée indéterminée."""
        return self._repond(DUREE_INDETERMINEE)

    def alerte(self) -> str:
        """Le sigle de l'échéance proche ou passée de la ligne, pour la mettre en couleur."""
        if self.registre.feuille.id == "outils":
            return f'=IF(ISNUMBER({self.contrat()}),{self.sigle_du_contrat()},"")'
        passee = f"{self._cellule('a_revoir_le')}<{self.aujourd_hui}"
        return f'=IF(ISNUMBER({self.revision()}),IF({passee},"r","R"),"")'

    def _attente(self, colonne: str, statut: Marque) -> str:
        jour = f"IF({self._est_lisible(colonne)},INT({self._cellule(colonne)}),{self.aujourd_hui})"
        return f'IF(AND({self.est_en_vigueur()},{self._repond(statut)}),{jour},"")'

    def _si_proche(self, jour: str, *conditions: str) -> str:
        formule = f'IF({jour}<={self.horizon},{jour},"")'
        for condition in reversed(conditions):
            formule = f'IF({condition},{formule},"")'
        return formule

    def _est_lisible(self, colonne: str) -> str:
        return f"IFERROR({est_une_date(self._cellule(colonne))},FALSE)"

    def _cellule(self, colonne: str) -> str:
        if not self.position:
            return super()._cellule(colonne)
        return self._relative(self.registre.rang(colonne))

    def _relative(self, rang: int) -> str:
        if not self.position:
            return super()._relative(rang)
        return f"INDEX({plage_de(self.registre, rang)},1+{self.position})"


def plage_de(registre: PlanDeRegistre, rang: int) -> str:
    """Une colonne de la table, de l'en-tête (compris) à la dernière ligne préparée."""
    ou, feuille = lettres_de(rang), citer(registre.feuille.libelle)
    return f"{feuille}!${ou}${registre.ligne_entete}:${ou}${registre.derniere}"


def delai_de_decision(plan: Plan) -> str:
    """Les jours d'avance utiles, d'après les seuils de la fiche (`Liens.delai_de_decision`)."""
    return f"{_seuil(plan, 'seuil_alerte_contrat')}+{_seuil(plan, 'seuil_preparation')}"


def _seuil(plan: Plan, identifiant: str) -> str:
    case, colonne = plan.case_de_fiche(identifiant), plan.modele.fiche.par_id[identifiant]
    bornes = f"{case}>={colonne.min},{case}<={colonne.max},INT({case})={case}"
    defaut = colonne.defaut or 0
    return f"IF(ISNUMBER({case}),IF(AND({bornes}),{case},{defaut}),{defaut})"


def noms_des_alertes(plan: Plan) -> Iterator[tuple[str, str]]:
    """Les noms dont vivent les couleurs des échéances, un par registre qui en a."""
    for registre in ("outils", "decisions"):
        yield nom_d_alerte(registre), Echeancier(plan, plan.registre(registre)).alerte()


def nom_d_alerte(registre: str) -> str:
    """Le nom défini qui dit l'alerte de la ligne."""
    return f"alerte_{registre}"
