"""Compiler : du modèle aux formules qui disent, ligne par ligne, ce que `etat` dit en Python.

Une ligne se résume d'abord en un texte balisé et normalisé (``¦1=GED¦2=AUTRE…¦``), où chaque
épreuve est une recherche ; puis en codes de liste, en noms cités, en signes, un par colonne. Chaque
formule est écrite pour la première ligne et tient dans sa feuille, sauf celles qui cherchent dans
une autre : un moteur quelconque la comprend, et Excel la partage. Une cellule se désigne par sa
place dans la ligne (`zone`) : une colonne coupée et collée ailleurs se retrouve.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import assert_never

from pilotage_xlsx.generation.balises import (
    AVOUE,
    BALISE,
    EGAL,
    EGAUX,
    FAUTIF,
    JUSTE,
    NOMBRES,
    baliser,
    borner,
    extrait,
    substitutions,
)
from pilotage_xlsx.generation.citations import ce_nom_manque, nommer_s_il_y_est, un_nom_manque
from pilotage_xlsx.generation.formules import BLANC, est_un_nombre, est_une_date
from pilotage_xlsx.generation.mots import CODE_AVOUE, CODE_FAUTIF, CODE_VIDE, LARGEUR, Mots
from pilotage_xlsx.generation.numeros import DANS_L_ANNEE
from pilotage_xlsx.generation.plan import Plan, PlanDeRegistre
from pilotage_xlsx.generation.syntaxe import (
    comparable,
    en_capitales,
    ne_dit_rien,
    normaliser,
    sans_jokers,
    tous,
    un_de,
)
from pilotage_xlsx.generation.techniques import (
    BRUTS,
    RIEN,
    UN_PAR_UN,
    cite_de,
    code_de,
    codees,
    date_comptee,
    nom_de,
    perdu_de,
    se_cherche,
)
from pilotage_xlsx.generation.zone import Zone
from pilotage_xlsx.metier.bilan import LARGEUR_DE_L_ETAT, LIBELLES_DITS
from pilotage_xlsx.metier.etat import (
    FAUTES,
    HORS,
    NOM_CHERCHE_MAX,
    PROPOSEE,
    SIGNE_AVEU,
    SIGNE_VIDE,
    VIGUEUR,
)
from pilotage_xlsx.modele import SEPARATEUR, Colonne, Genre
from pilotage_xlsx.modele.condition import Condition, Essai, Parmi, Rempli, Sauf, Vide
from pilotage_xlsx.modele.vocabulaire import A_CLARIFIER, Marque
from pilotage_xlsx.registre.saisie import TEXTES_D_UN_TOTAL, TOTAUX
from pilotage_xlsx.socle.typographie import FINE, phraser

SANS_FORMULES = phraser("À recopier : voir Contrôle")
"""L'état d'une ligne insérée où seule sa formule a suivi, comme Excel le fait dans une table."""

_MOTS_D_UN_TOTAL = tuple(dict.fromkeys(total.rstrip(" :") for total in TOTAUX))
UN_DEMI = 0.5
"""Ce qui distingue, dans sa colonne cachée, le rang d'une ligne qui répète la clé d'une autre."""

_TROUVE = "\ue007"
DIT = "X"
"""Remplace, dans les signes d'une ligne, ceux que son état énumère."""


class Compilateur:
    """Les formules de la première ligne d'un registre, d'après son plan."""

    def __init__(self, plan: Plan, registre: PlanDeRegistre) -> None:
        self.plan = plan
        self.registre = registre
        self.feuille = registre.feuille
        self.zone = Zone(registre)
        self.saisies = registre.feuille.saisies
        self.numeros = {colonne.id: rang for rang, colonne in enumerate(self.saisies, 1)}
        self.codees = frozenset(colonne.id for colonne in codees(registre.feuille))

    def formules(self) -> Mapping[str, str]:
        """Par colonne cachée, sa formule ; le bord n'en a pas."""
        communes: Mapping[str, Callable[[], str]] = {
            "texte": self.texte,
            "total": self.total,
            "cle": self.cle,
            "rang": self.rang,
            "annee": self.annee,
            BRUTS: self.bruts,
            "signes": self.signes,
            "cherches": self.cherches,
            "dits": self.dits,
            "manquent": lambda: self._compter(SIGNE_VIDE),
            "a_clarifier": lambda: self._compter(SIGNE_AVEU),
            "introuvables": lambda: self._compter("Rr"),
            "a_corriger": lambda: self._compter(FAUTES),
            "numero": self.numero,
        }
        par_colonne = {
            **{code_de(colonne): self.code(colonne) for colonne in codees(self.feuille)},
        }
        for colonne in filter(se_cherche, self.saisies):
            par_colonne |= {cite_de(colonne): self.cites(colonne), **self.premiers(colonne)}
            par_colonne[perdu_de(colonne)] = self.perdu(colonne)
        voulues = {
            nom: faire() for nom, faire in communes.items() if nom in self.registre.techniques
        }
        return {**voulues, **par_colonne}

    def texte(self) -> str:
        """Le texte balisé, normalisé et en capitales de la ligne, précédé du nom de la feuille.

        Ce nom fait parler une ligne collée d'un autre registre : Contrôle ne la compte pas.
        """
        morceaux = (
            f'"{self._balise(colonne)}"&{self._extrait(colonne)}' for colonne in self.saisies
        )
        net = normaliser("&".join(morceaux))
        serre = f'SUBSTITUTE({net}," {BALISE}","{BALISE}")'
        for egal in EGAUX:
            serre = f'SUBSTITUTE({serre},"{egal} ","{egal}")'
        texte = f'UPPER({serre})&"{borner(len(self.saisies) + 1)}"'
        for avant, apres in substitutions(self.saisies).items():
            texte = f'SUBSTITUTE({texte},{en_capitales(avant)},"{apres}")'
        return f'"{self.feuille.id}"&{texte}'

    def _extrait(self, colonne: Colonne) -> str:
        """Le début du texte d'une cellule ; une date ou un nombre n'y laissent qu'une marque."""
        cellule = self.cellule(colonne.id)
        texte = f'IFERROR({cellule}&"","{FAUTIF}")'
        if colonne.genre in NOMBRES:
            est_juste = _est_juste(colonne, cellule)
            return (
                f'IF(ISNUMBER({cellule}),IF({est_juste},"{JUSTE}","{FAUTIF}"),'
                f"LEFT({texte},{extrait(colonne)}))"
            )
        if colonne.plusieurs:
            texte = f'SUBSTITUTE({texte},CHAR(10),"{SEPARATEUR}")'
        return f"LEFT({texte},{extrait(colonne)})"

    def total(self) -> str:
        """1 pour une ligne « Total » : deux textes au plus, dont « Total » (`saisie.est_total`)."""
        rangee = self.registre.rangee
        pleines = f'SUMPRODUCT(({rangee}<>"")*({rangee}<>"{BLANC}"))'
        textes = f"IFERROR({pleines}-COUNT({rangee}),99)"
        sans_fin = f'SUBSTITUTE({self.technique("texte")},"{EGAUX[1]}","{EGAUX[0]}")'
        for fin in (f" :{BALISE}", f":{BALISE}"):
            sans_fin = f'SUBSTITUTE({sans_fin},"{fin}","{BALISE}")'
        for mot in _MOTS_D_UN_TOTAL:
            cherche = en_capitales(f"{EGAL}{comparable(mot)}{BALISE}")
            sans_fin = f'SUBSTITUTE({sans_fin},{cherche},"{_TROUVE}")'
        en_est_un = f'ISNUMBER(FIND("{_TROUVE}",{sans_fin}))'
        return f"IF({textes}>{TEXTES_D_UN_TOTAL},0,IF({en_est_un},1,0))"

    def cle(self) -> str:
        """La clé comparable ; elle ne regarde que sa cellule, pas le reste de sa ligne.

        Chez elle, elle se prend dans sa rangée, qu'une cellule coupée ne déplace pas ; sa colonne
        coupée, elle la suit. Coupée avec l'état, elle n'est plus de sa ligne : `_est_en_double`.
        """
        rangee, cellule = self.registre.rangee_de_la_cle, self.registre.cellule_de_la_cle
        place, bord = self.zone.place(self._cle().id), rangee.partition(":")[0]
        ici = f'INDEX({rangee},1,{place})&""'
        cle = f'IF({place}<=COLUMNS({rangee}),{ici},{cellule}&"")'
        dite = f'IF(LEN({cle})=0,"{RIEN}",UPPER({normaliser(cle)}))'
        return f'IFERROR(IF(ROW({bord})=ROW(),{dite},""),"")'

    def rang(self) -> str:
        """La place dans la table de la première ligne qui a cette clé, 0 sans clé ; une ligne qui
        la répète y ajoute `UN_DEMI`. Les menus s'arrêtent à la plus grande.

        Trop longue pour la recherche d'Excel, chacune y dit la sienne.
        """
        cle, cles = self.technique("cle"), self.registre.plage_technique("cle", ici=True)
        place = f"ROW()-ROW($A${self.registre.ligne_entete})"
        premiere = f"MATCH({sans_jokers(cle)},{cles},0)-1"
        rang = f"IFERROR({premiere}+({premiere}<{place})*{UN_DEMI},{place})"
        return f"IF({ne_dit_rien(cle)},0,{rang})"

    def code(self, colonne: Colonne) -> str:
        """Le code de la réponse d'une liste (`Mots`) ; rien si elle est vide."""
        contenu, mots = self._contenu(colonne), self.zone.mots(colonne.id)
        trouve = f'FIND("{BALISE}"&{contenu}&"{EGAL}",{mots})+LEN({contenu})+2'
        code = f'IFERROR(MID({mots},{trouve},{LARGEUR}),"{CODE_FAUTIF}")'
        return f'IF({self._est_sans_texte(colonne)},"{CODE_VIDE}",{code})'

    def cites(self, colonne: Colonne) -> str:
        """Les noms cités, prêts à se chercher ; rien si la cellule n'en cite pas."""
        mentions = [self._vaut(colonne.id, mention) for mention in colonne.mentions]
        tus = [
            self._est_sans_texte(colonne),
            self._commence(colonne, AVOUE),
            self._commence(colonne, FAUTIF),
            *([] if colonne.plusieurs else mentions),
        ]
        noms, rien = sans_jokers(self._contenu(colonne)), un_de(tus)
        if not colonne.plusieurs:
            rien = f"OR({rien},LEN({self._contenu(colonne)})>{NOM_CHERCHE_MAX})"
        else:  # deux séparateurs de suite ne sont pas un nom de plus
            noms = f'SUBSTITUTE({noms},"{SEPARATEUR * 2}","{SEPARATEUR}")'
        return f'IF({rien},"{RIEN}",{noms})'

    def premiers(self, colonne: Colonne) -> Mapping[str, str]:
        """Les premiers noms d'une cellule qui en cite plusieurs, chacun dans sa colonne."""
        noms = self.technique(cite_de(colonne))
        rangs = range(UN_PAR_UN if colonne.plusieurs else 0)
        return {nom_de(colonne, rang): nommer_s_il_y_est(noms, rang) for rang in rangs}

    def perdu(self, colonne: Colonne) -> str:
        """1 si un des noms cités n'est ni une clé ni une mention."""
        cites = [self.plan.registre(cite) for cite in colonne.reference]
        noms = self.technique(cite_de(colonne))
        if not colonne.plusieurs:
            return ce_nom_manque(noms, cites)
        premiers = [self.technique(nom) for nom in self.premiers(colonne)]
        return un_nom_manque(noms, premiers, cites, colonne)

    def annee(self) -> str:
        """L'année de la date qui compte pour la feuille, si elle se lit."""
        jour = self.cellule(date_comptee(self.feuille) or "")
        return f'IFERROR(IF({est_une_date(jour)},YEAR({jour}),"{RIEN}"),"{RIEN}")'

    def numero(self) -> str:
        """Le numéro de la ligne, en nombre ; 0 sans clé, rien si la clé n'en est pas un.

        Un rang n'a que des chiffres : son nombre, remis sur six chiffres, est encore lui.
        """
        cle, debut = self.technique("cle"), f"{self.feuille.prefixe}-"
        fin = len(debut) + 5
        annee, rang = f"MID({cle},{len(debut) + 1},4)", f"MID({cle},{fin + 1},9)"
        nombre = f"VALUE({annee})*{DANS_L_ANNEE}+VALUE({rang})"
        est_un_rang = f'TEXT(VALUE({rang}),"000000")=RIGHT("000000"&{rang},6)'
        forme = f'LEFT({cle},{len(debut)})="{debut}",MID({cle},{fin},1)="-",{est_un_rang}'
        return f'IF({ne_dit_rien(cle)},0,IFERROR(IF(AND({forme}),{nombre},"{RIEN}"),"{RIEN}"))'

    def bruts(self) -> str:
        """Les signes de la ligne comme si sa clé était seule, et chaque nom cité introuvable."""
        vide = "".join(self._balise(colonne) for colonne in self.saisies)
        vide = f"{self.feuille.id}{vide}{borner(len(self.saisies) + 1)}"
        signes = "&".join(self._signe(colonne) for colonne in self.saisies)
        sans_cle = "".join("M" if c.id == self.feuille.cle else "." for c in self.saisies)
        bilan = f'{self._vigueur()}&IF({self._est_vide(self._cle())},"{sans_cle}",{signes})'
        if self.feuille.a_confirmer:
            rien_ne_manque = f'IF({self._est_proposee()},".","{SIGNE_VIDE}")'
            bilan = f'SUBSTITUTE({bilan},"{SIGNE_VIDE}",{rien_ne_manque})'
        est_muette = f'OR({self.technique("texte")}="{vide}",{self.technique("total")}=1)'
        return f'IF({est_muette},"",{bilan})'

    def signes(self) -> str:
        """Les signes de la ligne : `Etat.signes`, en formule.

        Une clé changée remet en cause toutes les lignes : elles ne relisent que leurs bruts.
        """
        bruts = self.technique(BRUTS)
        morceaux, debut = [], 1
        for place, colonne in enumerate(self.saisies, 2):
            if se_cherche(colonne) or colonne.id == self.feuille.cle:
                if place > debut:
                    morceaux.append(f"MID({bruts},{debut},{place - debut})")
                morceaux.append(self._confirmer(colonne, f"MID({bruts},{place},1)"))
                debut = place + 1
        morceaux.append(f"MID({bruts},{debut},99)")
        return f'IF({bruts}="","",{"&".join(morceaux)})'

    def _confirmer(self, colonne: Colonne, signe: str) -> str:
        """Le signe d'une clé, peut-être en double, ou d'une référence, peut-être trouvée."""
        if colonne.id == self.feuille.cle:
            unique = f'SUBSTITUTE({signe},".",IF({self._est_en_double()},"D","."))'
            return f"IF({self._est_vide(colonne)},{signe},{unique})"
        perdues = "R" if self._exigee(colonne) is True else "Rr"
        if self._exigee(colonne) is False:
            perdues = "r"
        trouve = signe
        for perdue in perdues:
            trouve = f'SUBSTITUTE({trouve},"{perdue}",".")'
        return f"IF({self.technique(perdu_de(colonne))}=1,{signe},{trouve})"

    def _est_en_double(self) -> str:
        """Vrai si une autre ligne a cette clé : la sienne la répète, ou une autre la répète.

        Les comparer deux à deux coûterait le carré de leur nombre (mesuré) ; seules le sont celles
        qu'une recherche ne prend pas. Une clé perdue se cherche telle que tapée.
        """
        cles, cle = self.registre.plage_technique("cle", ici=True), self.technique("cle")
        rangs, rang = self.registre.plage_technique("rang", ici=True), self.technique("rang")
        tapees = self.registre.plage(self._cle().id, ici=True)
        tapee = sans_jokers(self._contenu(self._cle()))
        perdue = f"IFERROR(COUNTIF({tapees},{tapee})>1,FALSE)"
        longue = f"SUMPRODUCT(--({cles}={cle}))>1"
        repetee = f"ISNUMBER(MATCH({rang}+{UN_DEMI},{rangs},0))"
        courte = f"IF(INT({rang})={rang},{repetee},TRUE)"
        return f'IF({cle}="",{perdue},IF(LEN({cle})>{NOM_CHERCHE_MAX},{longue},{courte}))'

    def cherches(self) -> str:
        """Les signes de la ligne, ceux que l'état énumère remplacés par un seul : les fautes s'il y
        en a, sinon ce qui manque ; le premier signe dit lesquelles."""
        signes = fautes = self.technique("signes")
        for faute in FAUTES:
            fautes = f'SUBSTITUTE({fautes},"{faute}","{DIT}")'
        manques = f'"{SIGNE_VIDE}"&SUBSTITUTE({signes},"{SIGNE_VIDE}","{DIT}")'
        manques = f'IF(ISNUMBER(FIND("{SIGNE_VIDE}",{signes})),{manques},"{RIEN}")'
        return f'IF(ISNUMBER(FIND("{DIT}",{fautes})),"{FAUTES[0]}"&{fautes},{manques})'

    def dits(self) -> str:
        """Les libellés des deux premières de ces colonnes (`bilan.dire_les_premiers`)."""
        cherches = self.technique("cherches")
        premier = f'FIND("{DIT}",{cherches})'
        suivant = f'FIND("{DIT}",{cherches},{premier}+1)'
        un, deux = (f"INDEX({self.zone.libelles},1,{rang}-2)" for rang in (premier, suivant))
        suite = f'", "&{deux}&IF({self._combien()}>{LIBELLES_DITS},"…","")'
        est_long = f"LEN({un})+LEN({deux})+{LIBELLES_DITS}>{LARGEUR_DE_L_ETAT + 1}"
        suite = f'IF({self._combien()}<2,"",IF({est_long},"…",{suite}))'
        return f'IF({cherches}="{RIEN}",{cherches},{un}&{suite})'

    def _combien(self) -> str:
        cherches = self.technique("cherches")
        return f'LEN({cherches})-LEN(SUBSTITUTE({cherches},"{DIT}",""))'

    def etat(self) -> str:
        """L'état en mots : `bilan.dire_etat`, en formule."""
        signes, cherches = self.technique("signes"), self.technique("cherches")
        mots = f'IF(LEFT({cherches},1)="{SIGNE_VIDE}","Il manque","À corriger")'
        nombre = f'IF({self._combien()}>1," "&({self._combien()}),"")'
        clarifier = f'LEN({signes})-LEN(SUBSTITUTE({signes},"{SIGNE_AVEU}",""))'
        reste = f'IF({clarifier}>0,"{A_CLARIFIER}{FINE}: "&({clarifier}),"Complet")'
        if self.feuille.a_confirmer:
            reste = f'IF(LEFT({signes},1)="{PROPOSEE}","À confirmer",{reste})'
        dit = f'{mots}&{nombre}&"{FINE}: "&{self.technique("dits")}'
        dit = f'IF({cherches}="{RIEN}",{reste},{dit})'
        return f'IF({signes}="",{self._sans_signes()},{dit})'

    def _sans_signes(self) -> str:
        """Une ligne vide annonce le prochain numéro, si elle est la première."""
        cle = f'IFERROR(LEN({self.cellule(self._cle().id)}&""),0)'
        perdue = f"AND(LEN({self.technique('texte')})=0,{cle}>0)"
        rien = '""'
        if self.feuille.prefixe:
            est_la_premiere = f'AND(ROW()={self.zone.libre},{self.zone.prochain}<>"")'
            rien = f'IF({est_la_premiere},"Prochain n°{FINE}: "&{self.zone.prochain},"")'
        return f'IF({perdue},"{SANS_FORMULES}",{rien})'

    def _signe(self, colonne: Colonne) -> str:
        """Le signe d'une cellule : d'après son code, ou le premier signe de son contenu."""
        exigee = self._exigee(colonne)
        if colonne.id in self.codees:
            return self._signe_d_un_code(colonne)
        vus = {BALISE: "M.", AVOUE: SIGNE_AVEU * 2, FAUTIF: "Ff"}
        if colonne.genre in NOMBRES:
            vus = {BALISE: "M.", AVOUE: SIGNE_AVEU * 2, JUSTE: ".."}
        if not colonne.admet_l_aveu:
            del vus[AVOUE]
        if _se_passe_de_vide(colonne):
            del vus[BALISE]
        oui, non = ("".join(deux[rang] for deux in vus.values()) for rang in (0, 1))
        texte, cles = self.technique("texte"), "".join(vus)
        premier = f'MID({texte},FIND("{self._balise(colonne)}",{texte})+3,1)'
        place = f'FIND({premier},"{cles}")'
        return f"IFERROR(MID({_selon(exigee, oui, non)},{place},1),{self._sinon(colonne)})"

    def _signe_d_un_code(self, colonne: Colonne) -> str:
        vus = {CODE_VIDE: "M.", CODE_AVOUE: SIGNE_AVEU * 2, CODE_FAUTIF: "Ff"}
        if not colonne.admet_l_aveu:
            del vus[CODE_AVOUE]
        exigee, code, signe = self._exigee(colonne), self.technique(code_de(colonne)), '"."'
        for vu, deux in reversed(vus.items()):
            signe = f'IF({code}="{vu}",{_selon(exigee, *deux)},{signe})'
        return signe

    def _sinon(self, colonne: Colonne) -> str:
        """Le signe d'une cellule dont le contenu ne commence par aucune marque."""
        exigee = self._exigee(colonne)
        faute = _selon(exigee, "F", "f")
        if se_cherche(colonne):
            return _selon(exigee, "R", "r")
        if colonne.genre in (Genre.DATE, Genre.DATE_HEURE) and colonne.mentions:
            mentions = un_de([self._vaut(colonne.id, mention) for mention in colonne.mentions])
            return f'IF({mentions},".",{faute})'
        if colonne.genre in NOMBRES:
            return faute
        if colonne.genre is Genre.LISTE:
            return f'IF({self._est_fautive(colonne)},{faute},".")'
        return '"."'

    def _exigee(self, colonne: Colonne) -> str | bool:
        """La condition qui rend la cellule exigée, si elle dépend de la ligne."""
        if colonne.est_essentielle and colonne.obligatoire_si:
            return self.condition(colonne.obligatoire_si)
        return colonne.est_essentielle

    def est_fautive(self, identifiant: str) -> str:
        """Vrai si la cellule, remplie, ne se lit pas."""
        return self._est_fautive(self.feuille.par_id[identifiant])

    def _est_fautive(self, colonne: Colonne) -> str:
        match colonne.genre:
            case Genre.LISTE if colonne.id in self.codees:
                return f'{self.technique(code_de(colonne))}="{CODE_FAUTIF}"'
            case Genre.LISTE:
                mots = self.zone.mots(colonne.id)
                return f'ISERROR(FIND("{BALISE}"&{self._contenu(colonne)}&"{EGAL}",{mots}))'
            case Genre.DATE | Genre.DATE_HEURE:
                return self._sauf_mention(colonne, f"NOT({self._commence(colonne, JUSTE)})")
            case Genre.ENTIER | Genre.MONTANT:
                return f"NOT({self._commence(colonne, JUSTE)})"
            case _:
                return self._commence(colonne, FAUTIF)

    def _sauf_mention(self, colonne: Colonne, faute: str) -> str:
        if not colonne.mentions:
            return faute
        mentions = [self._vaut(colonne.id, mention) for mention in colonne.mentions]
        return f"IF({un_de(mentions)},FALSE,{faute})"

    def condition(self, condition: Condition) -> str:
        """Une condition du modèle en formule."""
        alternatives = (
            tous([self._essai(essai) for essai in essais]) for essais in condition.alternatives
        )
        return un_de([*alternatives])

    def _essai(self, essai: Essai) -> str:
        colonne = self.feuille.par_id[essai.colonne]
        match essai:
            case Parmi(_, valeurs):
                return un_de([self.vaut(colonne.id, valeur) for valeur in valeurs])
            case Sauf(_, valeurs):
                mots = (mot.libelle for mot in self.plan.modele.mots(colonne))
                autres = [libelle for libelle in mots if libelle not in valeurs]
                return un_de([self.vaut(colonne.id, valeur) for valeur in autres])
            case Rempli():
                return f"NOT({self._est_vide(colonne)})"
            case Vide():
                return self._est_vide(colonne)
            case _:
                assert_never(essai)

    def _vigueur(self) -> str:
        if self.feuille.hors_vigueur is None:
            return f'"{VIGUEUR}"'
        hors = self.condition(self.feuille.hors_vigueur)
        hors_ou_proposee = f'"{HORS}"'
        if self.feuille.a_confirmer:
            hors_ou_proposee = f'IF({self._est_proposee()},"{PROPOSEE}","{HORS}")'
        if self.feuille.date:
            annee = self.technique("annee")
            vide = self._est_vide(self.feuille.par_id[self.feuille.date])
            hors = f"AND({hors},IF(ISNUMBER({annee}),{annee}<>{self.zone.annee},{vide}))"
        return f'IF({hors},{hors_ou_proposee},"{VIGUEUR}")'

    def _est_proposee(self) -> str:
        """Vrai si la ligne n'est que proposée, à confirmer."""
        proposee = self.feuille.a_confirmer
        return self.condition(proposee) if proposee else "FALSE"

    def _compter(self, signes: str) -> str:
        """Combien de ces signes dans une ligne en vigueur ; rien dans une autre."""
        tous_ = self.technique("signes")
        combien = f"LEN({tous_})-LEN({_sans(tous_, signes)})"
        return f'IF(LEFT({tous_},1)="{VIGUEUR}",{combien},"{RIEN}")'

    def est_vide(self, identifiant: str) -> str:
        """Vrai si la cellule ne dit rien : vide, ou une réponse remise à plus tard."""
        return self._est_vide(self.feuille.par_id[identifiant])

    def _est_vide(self, colonne: Colonne) -> str:
        if colonne.id in self.codees:
            return f'{self.technique(code_de(colonne))}="{CODE_VIDE}"'
        return self._est_sans_texte(colonne)

    def _est_sans_texte(self, colonne: Colonne) -> str:
        return f'ISNUMBER(FIND("{self._balise(colonne)}{BALISE}",{self.technique("texte")}))'

    def commence(self, identifiant: str, marque: str) -> str:
        """Vrai si le contenu de la cellule commence par cette marque (`balises`)."""
        return self._commence(self.feuille.par_id[identifiant], marque)

    def _commence(self, colonne: Colonne, marque: str) -> str:
        return f'ISNUMBER(FIND("{self._balise(colonne)}{marque}",{self.technique("texte")}))'

    def repond(self, *marques: Marque) -> str:
        """Vrai si la cellule répond à l'une de ces marques ; vide, selon ce que dit le modèle."""
        essais: list[str] = []
        for marque in marques:
            libelles = self.plan.modele.libelles(marque)
            if self.plan.modele.si_vide(self.feuille.id, marque.colonne) in libelles:
                essais.append(self.est_vide(marque.colonne))
            essais += (self.vaut(marque.colonne, libelle) for libelle in libelles)
        return un_de(essais) if essais else "FALSE"

    def vaut(self, identifiant: str, valeur: str) -> str:
        """Vrai si la cellule dit cette valeur."""
        if identifiant in self.codees:
            code = Mots(self.plan.modele, self.feuille.par_id[identifiant]).code(valeur)
            return f'{self.technique(code_de(self.feuille.par_id[identifiant]))}="{code}"'
        return self._vaut(identifiant, valeur)

    def _vaut(self, identifiant: str, valeur: str) -> str:
        """Une mention, ou « À clarifier », telle que le texte balisé la garde."""
        colonne = self.feuille.par_id[identifiant]
        if valeur == A_CLARIFIER:
            return self._commence(colonne, AVOUE)
        ecrits = [e for e, libelle in colonne.mentions_ecrites.items() if libelle == valeur]
        balise, texte = self._balise(colonne), self.technique("texte")
        cherches = (en_capitales(f"{balise}{comparable(e)}{BALISE}") for e in ecrits or [valeur])
        return un_de([f"ISNUMBER(FIND({cherche},{texte}))" for cherche in cherches])

    def contenu(self, identifiant: str) -> str:
        """Le texte normalisé d'une cellule."""
        return self._contenu(self.feuille.par_id[identifiant])

    def _contenu(self, colonne: Colonne) -> str:
        """Le texte d'une cellule, entre son bord et le suivant."""
        texte, numero = self.technique("texte"), self.numeros[colonne.id]
        debut = f'FIND("{self._balise(colonne)}",{texte})'
        fin = f'FIND("{borner(numero + 1)}",{texte})'
        return f"MID({texte},{debut}+3,{fin}-{debut}-3)"

    def _balise(self, colonne: Colonne) -> str:
        return baliser(self.numeros[colonne.id], colonne)

    def _cle(self) -> Colonne:
        return self.feuille.par_id[self.feuille.cle or ""]

    def technique(self, quoi: str) -> str:
        """La cellule cachée de cette ligne."""
        return self.registre.technique(quoi)

    def cellule(self, identifiant: str) -> str:
        """La cellule d'une colonne dans cette ligne, où que la colonne ait été collée."""
        return f"INDEX({self.registre.rangee},1,{self.zone.place(identifiant)})"


def _sans(texte: str, retires: str) -> str:
    for signe in retires:
        texte = f'SUBSTITUTE({texte},"{signe}","")'
    return texte


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
