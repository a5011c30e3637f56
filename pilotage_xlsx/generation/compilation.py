"""Compiler : du modèle aux formules qui disent, ligne par ligne, ce que `etat` dit en Python.

Une ligne se résume d'abord en un texte balisé et normalisé (``¦1=GED¦2=AUTRE…¦``), où chaque
épreuve est une recherche ; puis en signes, un par colonne. Les formules vivent dans des noms
définis, à lignes relatives : la cellule ne porte qu'un mot (« =etat_outils »), que l'on peut trier,
copier, insérer. Un nom n'en cite jamais un autre à lignes relatives : LibreOffice s'y perd à la
première colonne insérée (mesuré). Une cellule se désigne par sa place dans la ligne (`reperage`) :
une colonne coupée et collée ailleurs se retrouve, ce qu'un nom à lignes relatives ne sait pas.
"""

from __future__ import annotations

from typing import assert_never

from pilotage_xlsx.generation.balises import (
    AVOUE,
    BALISE,
    EGAUX,
    FAUTIF,
    JUSTE,
    NOMBRES,
    TOTAL,
    baliser,
    extrait,
    substitutions,
)
from pilotage_xlsx.generation.citations import est_introuvable, un_est_introuvable
from pilotage_xlsx.generation.formules import est_un_nombre, est_une_date
from pilotage_xlsx.generation.listes import nom_de_liste
from pilotage_xlsx.generation.plan import Plan, PlanDeRegistre
from pilotage_xlsx.generation.reperage import PERDUE, plage_de_la_ligne
from pilotage_xlsx.generation.syntaxe import (
    blanchir,
    capitaliser,
    citer,
    normaliser,
    proteger,
    tous,
    un_de,
)
from pilotage_xlsx.metier.etat import SIGNE_AVEU
from pilotage_xlsx.modele import SEPARATEUR, Colonne, Genre
from pilotage_xlsx.modele.condition import Condition, Essai, Parmi, Rempli, Sauf, Vide
from pilotage_xlsx.modele.vocabulaire import A_CLARIFIER, Marque
from pilotage_xlsx.registre.saisie import TEXTES_D_UN_TOTAL, TOTAUX
from pilotage_xlsx.socle.adresses import lettres_de

SANS_FORMULES = "À recopier : voir Contrôle"
"""L'état d'une ligne insérée où seule sa formule a suivi, comme Excel le fait dans une table."""


class Compilateur:
    """Les formules d'un registre, d'après son plan."""

    def __init__(self, plan: Plan, registre: PlanDeRegistre) -> None:
        self.plan = plan
        self.registre = registre
        self.saisies = registre.feuille.saisies
        self.numeros = {colonne.id: rang for rang, colonne in enumerate(self.saisies, 1)}

    def ligne(self) -> str:
        """Le texte balisé, normalisé et en capitales de la ligne."""
        morceaux = (
            f'"{self._balise(colonne)}"&IF({self._place(colonne.id)}<{PERDUE},'
            f'{self._extrait(colonne)},"")'
            for colonne in self.saisies
        )
        net = normaliser("&".join(morceaux))
        serre = f'SUBSTITUTE({net}," {BALISE}","{BALISE}")'
        for egal in EGAUX:
            serre = f'SUBSTITUTE({serre},"{egal} ","{egal}")'
        texte = f'UPPER({serre})&"{BALISE}"'
        for avant, apres in substitutions().items():
            texte = f'SUBSTITUTE({texte},"{avant}","{apres}")'
        return f"={texte}"

    def _extrait(self, colonne: Colonne) -> str:
        """Le début du texte d'une cellule ; une date ou un nombre n'y laissent qu'une marque."""
        cellule = self._cellule(colonne.id)
        texte = f'IFERROR({cellule}&"","{FAUTIF}")'
        if colonne.genre in NOMBRES:
            est_juste = _est_juste(colonne, cellule)
            texte = f'IF(ISNUMBER({cellule}),IF({est_juste},"{JUSTE}","{FAUTIF}"),{texte})'
        if colonne.plusieurs:
            texte = f'SUBSTITUTE({texte},CHAR(10),"{SEPARATEUR}")'
            rien = blanchir(f'SUBSTITUTE({texte},"{SEPARATEUR}","")')
            return f'IF({rien}="","",LEFT({texte},{extrait(colonne)}))'
        return f"LEFT({texte},{extrait(colonne)})"

    def cle(self) -> str:
        """La clé comparable, ou la marque d'une ligne « Total »."""
        cle = normaliser(f'IFERROR({self._cellule(self.registre.feuille.cle or "")}&"","")')
        return f'=IF({self._est_total()},"{TOTAL}",UPPER({cle}))'

    def signes(self) -> str:
        """Les signes de la ligne : `Etat.signes`, en formule."""
        vide = "".join(self._balise(colonne) for colonne in self.saisies) + BALISE
        signes = "&".join(self._signe(colonne) for colonne in self.saisies)
        sans_cle = "".join("M" if c.id == self.registre.feuille.cle else "." for c in self.saisies)
        bilan = f'{self._vigueur()}&IF({self._est_vide(self._cle())},"{sans_cle}",{signes})'
        est_total = f'{self._technique("cle")}="{TOTAL}"'
        return f'=IF(OR({self._texte()}="{vide}",{est_total}),"",{bilan})'

    def etat(self) -> str:
        """L'état en mots : `bilan.dire_etat`, en formule."""
        signes = self._technique("signes")
        fautes = f'SUMPRODUCT(--ISNUMBER(FIND({{"F","R","D","f","r"}},{signes})))>0'
        corriger = f'"À corriger : "&{self._enumerer("FRDfr")}'
        manque = f'IF(ISNUMBER(FIND("M",{signes})),"Il manque : "&{self._enumerer("M")},'
        clarifier = f'LEN({signes})-LEN(SUBSTITUTE({signes},"C",""))'
        reste = f'IF({clarifier}>0,"À clarifier : "&({clarifier}),"Complet")'
        cle = f'IFERROR(LEN({self._cellule(self._cle().id)}&""),0)'
        rien = f'IF(AND(LEN({self._texte()})=0,{cle}>0),"{SANS_FORMULES}","")'
        return f'=IF({signes}="",{rien},IF({fautes},{corriger},{manque}{reste})))'

    def _signe(self, colonne: Colonne) -> str:
        exigee = self._exigee(colonne)
        manque, faute, perdue = (_selon(exigee, *deux) for deux in ("M.", "Ff", "Rr"))
        signe = f"IF({self._est_fautive(colonne)},{faute},{self._bon(colonne)})"
        if colonne.reference and not colonne.texte_libre:
            perdu = f"IF({self._est_perdue(colonne)},{perdue},{self._bon(colonne)})"
            signe = f"IF({self._commence(colonne, FAUTIF)},{faute},{perdu})"
        if colonne.admet_l_aveu:
            signe = f'IF({self._commence(colonne, AVOUE)},"{SIGNE_AVEU}",{signe})'
        if _se_passe_de_vide(colonne):
            return signe
        return f"IF({self._est_vide(colonne)},{manque},{signe})"

    def _exigee(self, colonne: Colonne) -> str | bool:
        """La condition qui rend la cellule exigée, si elle dépend de la ligne."""
        if colonne.est_essentielle and colonne.obligatoire_si:
            return self.condition(colonne.obligatoire_si)
        return colonne.est_essentielle

    def _bon(self, colonne: Colonne) -> str:
        if colonne.id == self.registre.feuille.cle:
            cles = self.plage_technique(self.registre, "cle")
            return f'IF(SUMPRODUCT(--({cles}={self._technique("cle")}))>1,"D",".")'
        return '"."'

    def _est_fautive(self, colonne: Colonne) -> str:
        match colonne.genre:
            case Genre.LISTE:
                choix = f'"{self._balise(colonne)}"&UPPER({nom_de_liste(colonne.liste or "")})'
                return f'SUMPRODUCT(--ISNUMBER(FIND({choix}&"{BALISE}",{self._texte()})))=0'
            case Genre.DATE | Genre.DATE_HEURE:
                return self._sauf_mention(colonne, f"NOT({self._commence(colonne, JUSTE)})")
            case Genre.ENTIER | Genre.MONTANT:
                return f"NOT({self._commence(colonne, JUSTE)})"
            case _:
                return self._commence(colonne, FAUTIF)

    def _sauf_mention(self, colonne: Colonne, faute: str) -> str:
        if not colonne.mentions:
            return faute
        mentions = ",".join(self._vaut(colonne.id, mention) for mention in colonne.mentions)
        return f"IF(OR({mentions}),FALSE,{faute})"

    def _est_perdue(self, colonne: Colonne) -> str:
        """Vrai si la cellule cite une ligne qui n'existe pas."""
        debut = f'FIND("{self._balise(colonne)}",{self._texte()})+{len(self._balise(colonne))}'
        fin = f'FIND("{BALISE}",{self._texte()},{debut})'
        texte = f"MID({self._texte()},{debut},{fin}-({debut}))"
        cites = [self.plan.registre(cite) for cite in colonne.reference]
        if colonne.plusieurs:
            return un_est_introuvable(texte, cites, colonne.mentions)
        return self._sauf_mention(colonne, est_introuvable(texte, cites))

    def condition(self, condition: Condition) -> str:
        """Une condition du modèle en formule."""
        alternatives = (
            tous([self._essai(essai) for essai in essais]) for essais in condition.alternatives
        )
        return un_de([*alternatives])

    def _essai(self, essai: Essai) -> str:
        colonne = self.registre.feuille.par_id[essai.colonne]
        match essai:
            case Parmi(_, valeurs):
                return un_de([self._vaut(colonne.id, valeur) for valeur in valeurs])
            case Sauf(_, valeurs):
                mots = (mot.libelle for mot in self.plan.modele.mots(colonne))
                autres = [libelle for libelle in mots if libelle not in valeurs]
                return un_de([self._vaut(colonne.id, valeur) for valeur in autres])
            case Rempli():
                return f"NOT({self._est_vide(colonne)})"
            case Vide():
                return self._est_vide(colonne)
            case _:
                assert_never(essai)

    def _vigueur(self) -> str:
        feuille = self.registre.feuille
        if feuille.hors_vigueur is None:
            return '"V"'
        hors = self.condition(feuille.hors_vigueur)
        if feuille.date:
            jour, annee = self._cellule(feuille.date), self.plan.annee_du_rapport()
            autre = f"IF({est_une_date(jour)},YEAR({jour})<>{annee},FALSE)"
            vide = self._est_vide(feuille.par_id[feuille.date])
            hors = f"AND({hors},IF(ISNUMBER({jour}),{autre},{vide}))"
        return f'IF(IFERROR({hors},FALSE),"h","V")'

    def _est_total(self) -> str:
        """Deux textes au plus dans la ligne, dont « Total » : la jumelle de `saisie.est_total`."""
        plage = plage_de_la_ligne(self.registre)
        net = blanchir(f'SUBSTITUTE(IFERROR({plage},""),"{SEPARATEUR}","")')
        textes = f"SUMPRODUCT(ISTEXT({plage})*(LEN({net})>0))<={TEXTES_D_UN_TOTAL}"
        totaux = ",".join(f'"{e}{total.upper()}{BALISE}"' for total in TOTAUX for e in EGAUX)
        a_un_total = f"SUMPRODUCT(--ISNUMBER(FIND({{{totaux}}},{self._texte()})))>0"
        return f"IF({a_un_total},{textes},FALSE)"

    def _enumerer(self, cherches: str) -> str:
        """Les libellés des colonnes dont le signe est cherché, séparés par des virgules."""
        signes = self._technique("signes")
        morceaux = (
            (f'FIND(MID({signes},{numero},1),"{cherches}")', proteger(colonne.libelle))
            for numero, colonne in enumerate(self.saisies, 2)
        )
        texte = "&".join(f'IF(ISNUMBER({trouve}),", {nom}","")' for trouve, nom in morceaux)
        return f"MID({texte},3,999)"

    def _est_vide(self, colonne: Colonne) -> str:
        """Vrai si la cellule ne dit rien : vide, ou une réponse remise à plus tard."""
        return f'ISNUMBER(FIND("{self._balise(colonne)}{BALISE}",{self._texte()}))'

    def _commence(self, colonne: Colonne, marque: str) -> str:
        return f'ISNUMBER(FIND("{self._balise(colonne)}{marque}",{self._texte()}))'

    def _repond(self, marque: Marque) -> str:
        """Vrai si la cellule répond à cette marque."""
        libelles = self.plan.modele.libelles(marque)
        return un_de([self._vaut(marque.colonne, libelle) for libelle in libelles])

    def _vaut(self, colonne: str, valeur: str) -> str:
        return f'ISNUMBER(FIND("{self._cherche(colonne, valeur)}",{self._texte()}))'

    def _cherche(self, colonne: str, valeur: str) -> str:
        """Une cellule qui dit cette valeur, telle que le texte balisé la garde."""
        balise = self._balise(self.registre.feuille.par_id[colonne])
        dit = AVOUE if valeur == A_CLARIFIER else capitaliser(valeur)
        return proteger(f"{balise}{dit}{BALISE}")

    def _balise(self, colonne: Colonne) -> str:
        return baliser(self.numeros[colonne.id], colonne)

    def _cle(self) -> Colonne:
        return self.registre.feuille.par_id[self.registre.feuille.cle or ""]

    def _texte(self) -> str:
        return self._technique("ligne")

    def _technique(self, quoi: str) -> str:
        return self._relative(self.registre.rang_technique(quoi))

    def _cellule(self, colonne: str) -> str:
        """La cellule d'une colonne dans cette ligne, où que la colonne ait été collée."""
        return f"INDEX({plage_de_la_ligne(self.registre)},{self._place(colonne)})"

    def _place(self, colonne: str) -> str:
        ou = lettres_de(self.registre.rang_place(colonne))
        return f"{citer(self.registre.feuille.libelle)}!${ou}${self.registre.ligne_cles}"

    def _relative(self, rang: int) -> str:
        """La cellule de cette ligne : un nom défini se compte depuis A1."""
        return f"{citer(self.registre.feuille.libelle)}!${lettres_de(rang)}1"

    @staticmethod
    def plage_technique(registre: PlanDeRegistre, quoi: str) -> str:
        """Une colonne technique entière, de l'en-tête (compris) à la fin de la table."""
        ou = lettres_de(registre.rang_technique(quoi))
        feuille = citer(registre.feuille.libelle)
        return f"{feuille}!${ou}${registre.ligne_entete}:${ou}${registre.derniere}"


def _se_passe_de_vide(colonne: Colonne) -> bool:
    """Vrai pour un texte jamais exigé : vide, il n'est ni fautif ni à clarifier."""
    est_un_texte = colonne.genre not in (*NOMBRES, Genre.LISTE, Genre.REFERENCE)
    return est_un_texte and not (colonne.est_essentielle or colonne.unique)


def _est_juste(colonne: Colonne, cellule: str) -> str:
    if colonne.genre in (Genre.ENTIER, Genre.MONTANT):
        return est_un_nombre(cellule, colonne)
    return est_une_date(cellule)


def _selon(exigee: str | bool, oui: str, non: str) -> str:
    """Le signe d'une cellule exigée, ou non, ou selon la ligne."""
    if isinstance(exigee, bool):
        return f'"{oui if exigee else non}"'
    return f'IF({exigee},"{oui}","{non}")'
