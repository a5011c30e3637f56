"""Compiler : du modèle aux formules qui disent, ligne par ligne, ce que `bilan` dit en Python.

Une ligne se résume d'abord en un texte balisé et normalisé (``¦1=GED¦2=Autre…¦``), où chaque
épreuve est une recherche ; puis en signes, un par colonne. Les formules vivent dans des noms
définis, à lignes relatives : la cellule ne porte qu'un mot (« =etat_outils »), que l'on peut trier,
copier, insérer. Un nom n'en cite jamais un autre à lignes relatives : LibreOffice s'y perd à la
première colonne insérée (mesuré).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from pilotage_xlsx.condition import Condition, Essai, Parmi, Rempli, Sauf, Vide
from pilotage_xlsx.constats import lettre
from pilotage_xlsx.generation.formules import citer
from pilotage_xlsx.generation.listes import nom_de_liste
from pilotage_xlsx.generation.plan import Plan, PlanDeRegistre
from pilotage_xlsx.generation.syntaxe import echapper, normaliser, proteger, tous, un_de
from pilotage_xlsx.modele import A_CLARIFIER, Colonne, Genre

BALISE = "\ue000"
"""Sépare les cellules du texte balisé : un signe que personne ne tape."""

MARQUE = "#"
"""Tient lieu d'un nombre ou d'une erreur : leur texte dépend du poste."""

EXTRAIT = 250
NOMBRES = frozenset({Genre.DATE, Genre.DATE_HEURE, Genre.ENTIER, Genre.MONTANT})

_PREMIERE_DATE, _DERNIERE_DATE = 25_569, 109_938
_CITATIONS_AU_PLUS = 10
_TOTAUX = ("total", "totaux", "sous-total", "sous total", "total général", "somme")


class Compilateur:
    """Les formules d'un registre, d'après son plan."""

    def __init__(self, plan: Plan, registre: PlanDeRegistre) -> None:
        self.plan = plan
        self.registre = registre
        self.saisies = registre.feuille.saisies
        self.numeros = {colonne.id: rang for rang, colonne in enumerate(self.saisies, 1)}

    def ligne(self) -> str:
        """Le texte balisé et normalisé de la ligne."""
        morceaux = (
            f'"{BALISE}{self.numeros[colonne.id]}="&{self._extrait(colonne)}'
            for colonne in self.saisies
        )
        balise = f'SUBSTITUTE({normaliser("&".join(morceaux))}," {BALISE}","{BALISE}")'
        return f'=SUBSTITUTE({balise},"= ","=")&"{BALISE}"'

    def _extrait(self, colonne: Colonne) -> str:
        """Le début du texte d'une cellule ; une date ou un nombre n'y laissent qu'une marque."""
        cellule = self._cellule(colonne.id)
        texte = f'IFERROR({cellule}&"","{MARQUE}")'
        if colonne.genre in NOMBRES:
            texte = f'IF(ISNUMBER({cellule}),"{MARQUE}",{texte})'
        return f"LEFT({texte},{EXTRAIT})"

    def cle(self) -> str:
        """La clé comparable, vide pour une ligne « Total »."""
        cle = normaliser(f'IFERROR({self._cellule(self.registre.feuille.cle or "")}&"","")')
        return f'=IF({self._est_total()},"",UPPER({cle}))'

    def signes(self) -> str:
        """Les signes de la ligne : `bilan.Bilan.signes`, en formule."""
        vide = "".join(f"{BALISE}{numero}=" for numero in self.numeros.values()) + BALISE
        signes = "&".join(self._signe(colonne) for colonne in self.saisies)
        sans_cle = "".join("M" if c.id == self.registre.feuille.cle else "." for c in self.saisies)
        bilan = f'{self._vigueur()}&IF({self._est_vide(self._cle())},"{sans_cle}",{signes})'
        return f'=IF(OR({self._texte()}="{vide}",{self._est_total()}),"",{bilan})'

    def etat(self) -> str:
        """L'état en mots : `bilan.dire_etat`, en formule."""
        signes = self._technique("signes")
        fautes = f'SUMPRODUCT(--ISNUMBER(FIND({{"F","R","D","f","r"}},{signes})))>0'
        corriger = f'"À corriger : "&{self._enumerer("FRDfr")}'
        manque = f'IF(ISNUMBER(FIND("M",{signes})),"Il manque : "&{self._enumerer("M")},'
        clarifier = f'LEN({signes})-LEN(SUBSTITUTE({signes},"C",""))'
        reste = f'IF({clarifier}>0,"À clarifier : "&({clarifier}),"Complet")'
        return f'=IF({signes}="","",IF({fautes},{corriger},{manque}{reste})))'

    def _signe(self, colonne: Colonne) -> str:
        vide, faute, lettre_de_faute = self._est_vide(colonne), self._est_fautive(colonne), "F"
        if colonne.reference and not colonne.texte_libre:
            lettre_de_faute = "R"
        bon = self._bon(colonne)
        petite = lettre_de_faute.lower()
        if not colonne.est_essentielle:
            return f'IF({vide},".",IF({faute},"{petite}",{bon}))'
        if colonne.obligatoire_si is None:
            return f'IF({vide},"M",IF({faute},"{lettre_de_faute}",{bon}))'
        exigee = self.condition(colonne.obligatoire_si)
        fautif = f'IF({exigee},"{lettre_de_faute}","{petite}")'
        return f'IF({vide},IF({exigee},"M","."),IF({faute},{fautif},{bon}))'

    def _bon(self, colonne: Colonne) -> str:
        if colonne.genre is Genre.LISTE and A_CLARIFIER in self.plan.modele.choix(colonne):
            return f'IF({self._vaut(colonne.id, A_CLARIFIER)},"C",".")'
        if colonne.id == self.registre.feuille.cle:
            cles = self.plage_technique(self.registre, "cle")
            return f'IF(SUMPRODUCT(--({cles}={self._technique("cle")}))>1,"D",".")'
        return '"."'

    def _est_fautive(self, colonne: Colonne) -> str:
        cellule = self._cellule(colonne.id)
        match colonne.genre:
            case Genre.LISTE:
                balise = f'"{BALISE}{self.numeros[colonne.id]}="'
                choix = f'{balise}&{nom_de_liste(colonne.liste or "")}&"{BALISE}"'
                return f"SUMPRODUCT(--ISNUMBER(SEARCH({choix},{self._texte()})))=0"
            case Genre.DATE | Genre.DATE_HEURE:
                bornes = f"OR({cellule}<{_PREMIERE_DATE},{cellule}>{_DERNIERE_DATE})"
                return self._sauf_mention(colonne, f"IF(ISNUMBER({cellule}),{bornes},TRUE)")
            case Genre.ENTIER | Genre.MONTANT:
                return f"IF(ISNUMBER({cellule}),{self._hors_bornes(colonne)},TRUE)"
            case Genre.REFERENCE if not colonne.texte_libre:
                return f"{self._introuvables(colonne)}>0"
            case _:
                return f"ISERROR({cellule})"

    def _hors_bornes(self, colonne: Colonne) -> str:
        cellule = self._cellule(colonne.id)
        bornes = [f"INT({cellule})<>{cellule}"] if colonne.genre is Genre.ENTIER else []
        if colonne.min is not None:
            bornes.append(f"{cellule}<{colonne.min}")
        if colonne.max is not None:
            bornes.append(f"{cellule}>{colonne.max}")
        return f"OR({','.join(bornes)})" if bornes else "FALSE"

    def _sauf_mention(self, colonne: Colonne, faute: str) -> str:
        if not colonne.mentions:
            return faute
        mentions = ",".join(self._vaut(colonne.id, mention) for mention in colonne.mentions)
        return f"IF(OR({mentions}),FALSE,{faute})"

    def _introuvables(self, colonne: Colonne) -> str:
        """Combien de noms cités ne sont ni une clé, ni une mention."""
        noms = normaliser(f'IFERROR({self._cellule(colonne.id)}&"","#")', lignes=";")
        if colonne.plusieurs:
            rangs = ",".join(str(rang) for rang in range(_CITATIONS_AU_PLUS))
            decale = f'SUBSTITUTE({noms},";",REPT(" ",250))'
            noms = f"TRIM(MID({decale},{{{rangs}}}*250+1,250))"
        noms = f"UPPER({noms})"
        protege = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({noms},"~","~~"),"*","~*"),"?","~?")'
        absents = "*".join(
            f"ISERROR(MATCH({protege},{self.plage_technique(self.plan.registre(cite), 'cle')},0))"
            for cite in colonne.reference
        )
        mentions = "".join(f'*({noms}<>UPPER("{proteger(m)}"))' for m in colonne.mentions)
        return f'SUMPRODUCT(({noms}<>"")*{absents}{mentions})'

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
                autres = [v for v in self.plan.modele.choix(colonne) if v not in valeurs]
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
            jour, annee = self._cellule(feuille.date), self.plan.case_de_fiche("annee")
            autre_annee = f"ISERROR(SEARCH({annee},{jour}))"
            hors = f"AND({hors},IF(ISNUMBER({jour}),YEAR({jour})<>{annee},{autre_annee}))"
        return f'IF(IFERROR({hors},FALSE),"h","V")'

    def _est_total(self) -> str:
        """Deux textes au plus dans la ligne, dont « Total » : la jumelle d'`etat.est_total`."""
        premiere, derniere = self.saisies[0], self.saisies[-1]
        plage = f"{self._cellule(premiere.id)}:{self._cellule(derniere.id, seule=True)}"
        textes = f"SUMPRODUCT(ISTEXT({plage})*(LEN(IFERROR({plage},0))>0))"
        totaux = ",".join(f'"={total}{BALISE}"' for total in _TOTAUX)
        a_un_total = f"SUMPRODUCT(--ISNUMBER(SEARCH({{{totaux}}},{self._texte()})))>0"
        return f"IF({a_un_total},{textes}<3,FALSE)"

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
        return f'ISNUMBER(FIND("{BALISE}{self.numeros[colonne.id]}={BALISE}",{self._texte()}))'

    def _vaut(self, colonne: str, valeur: str) -> str:
        cherche = echapper(f"{BALISE}{self.numeros[colonne]}={valeur}{BALISE}")
        return f'ISNUMBER(SEARCH("{proteger(cherche)}",{self._texte()}))'

    def _cle(self) -> Colonne:
        return self.registre.feuille.par_id[self.registre.feuille.cle or ""]

    def _texte(self) -> str:
        return self._technique("ligne")

    def _technique(self, quoi: str) -> str:
        return self._relative(self.registre.rang_technique(quoi))

    def _cellule(self, colonne: str, *, seule: bool = False) -> str:
        cellule = self._relative(self.registre.rang(colonne))
        return cellule.rsplit("!", 1)[1] if seule else cellule

    def _relative(self, rang: int) -> str:
        """La cellule de cette ligne : un nom défini se compte depuis A1."""
        return f"{citer(self.registre.feuille.libelle)}!${lettre(rang)}1"

    @staticmethod
    def plage_technique(registre: PlanDeRegistre, quoi: str) -> str:
        """Une colonne technique entière, de l'en-tête (compris) à la fin de la table."""
        ou = lettre(registre.rang_technique(quoi))
        feuille = citer(registre.feuille.libelle)
        return f"{feuille}!${ou}${registre.ligne_entete}:${ou}${registre.derniere}"


def noms_definis(plan: Plan) -> Iterator[tuple[str, str]]:
    """Les noms dont vivent les colonnes d'état, registre par registre."""
    for registre in plan.registres:
        compilateur, suffixe = Compilateur(plan, registre), registre.feuille.id
        yield f"ligne_{suffixe}", compilateur.ligne()
        yield f"cle_{suffixe}", compilateur.cle()
        yield f"signes_{suffixe}", compilateur.signes()
        yield f"etat_{suffixe}", compilateur.etat()
