"""Ce que chaque moteur ne sait pas calculer, et ce que tous savent : des formules témoins.

Une construction est une petite formule et sa valeur juste, celle d'Excel. Un moteur qui s'y trompe
est inscrit dans ``INCAPACITES``, avec ce qu'il en fait ; ``test_incapacites.py`` les joue toutes et
rougit si un moteur inscrit y arrive, ou si un autre n'y arrive pas. Là où une construction se
reconnaît dans une formule (``motif``), les cellules qui s'en servent sont passées pour ce moteur.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from tests.moteurs.fichiers import Classeur, Valeur

LONG = "é" * 300

DONNEES: tuple[tuple[Valeur, ...], ...] = (
    ("Alpha", 3.0, 1.0),
    ("VxMy", None, 2.0),
    (None, None, 3.0),
    (LONG, 5.0, 4.0),
    ("G*", "7", 5.0),
    ("~GED", True, 6.0),
    ("V\nM", "#DIV/0!", 7.0),
    ("vm", "#N/A", 8.0),
    (2026.0, 2.5, 9.0),
    ("É ", 46000.0, 10.0),
)
"""Les colonnes A à C de la feuille « D » ; la colonne D répète C dès la ligne 5, sinon « "" »."""


class Construction(NamedTuple):
    """Une formule témoin, ce qu'elle vaut, et à quoi elle se reconnaît dans une formule."""

    formule: str
    attendu: Valeur
    motif: str = ""
    """Vide si rien, dans une formule, ne dit que la construction s'y trompera."""


PLUSIEURS_NOMS = "chercher plusieurs noms à la fois"
"""Au-delà des premiers, les noms d'une cellule se cherchent tous ensemble : une même formule
pour toutes les lignes, mais seules celles qui en citent beaucoup en dépendent."""

_NOMS = 'TRIM(MID(SUBSTITUTE("alpha;vm;x",";",REPT(" ",9)),9*{0,1,2,3}+1,9))'
_TRENTE_REMPLACEMENTS = "SUBSTITUTE(" * 30 + '"abc"' + ',"a","b"),"b","c"),"c","d")' * 10

CONSTRUCTIONS: Mapping[str, Construction] = {
    # --- Compter et chercher ---
    "compter par comparaison": Construction('COUNTIF(D!$D$1:$D$10,">=5")', 6),
    "compter contre une cellule": Construction('COUNTIF(D!$C$1:$C$10,">"&D!$C$3)', 7),
    "compter les non-vides": Construction('COUNTIF(D!$A$1:$A$10,"<>")', 9),
    "compter les vides": Construction('COUNTIF(D!$D$1:$D$10,"")', 4),
    "compter un joker": Construction('COUNTIF(D!$A$1:$A$8,"G~*")+COUNTIF(D!$A$1:$A$4,"V*M*")', 2),
    "compter les textes par ?*": Construction('COUNTIF(D!$C$1:$C$10,"?*")', 0),
    "joker par-dessus un saut de ligne": Construction('COUNTIF(D!$A$7:$A$7,"V*M")', 1),
    "compter à plusieurs critères": Construction('COUNTIFS(D!$A$1:$A$5,"?*",D!$C$1:$C$5,">1")', 3),
    "compter les autres, vide compris": Construction(
        'COUNTIFS(D!$A$1:$A$10,"<>alpha",D!$C$1:$C$10,"<4")', 2
    ),
    "compter plusieurs valeurs à la fois": Construction(
        'SUMPRODUCT(COUNTIF(D!$A$1:$A$10,{"alpha","vm"}))', 2, r"COUNTIFS?\([^()]*\{"
    ),
    PLUSIEURS_NOMS: Construction(
        f'SUMPRODUCT(({_NOMS}<>"")*ISNUMBER(MATCH({_NOMS},D!$A$1:$A$10,0)))', 2
    ),
    "additionner sous condition": Construction('SUMIFS(D!$C$1:$C$6,D!$A$1:$A$6,"v*m*")', 2),
    "compter un tilde échappé": Construction('COUNTIF(D!$A$1:$A$10,"~~GED")', 1),
    "compter une erreur": Construction('COUNTIF(D!$B$1:$B$10,"#DIV/0!")', 1),
    'compter les vides et les « "" »': Construction("COUNTBLANK(D!$D$1:$D$10)", 4),
    "chercher un texte": Construction('MATCH("alpha",D!$A$1:$A$10,0)', 1),
    "chercher une casse accentuée": Construction('MATCH("é ",D!$A$1:$A$10,0)', 10),
    "chercher un joker dans un long texte": Construction('MATCH("*éé*",D!$A$1:$A$10,0)', 4),
    "chercher le premier texte": Construction('MATCH("?*",D!$A$1:$A$10,0)', 1),
    "chercher un nombre": Construction("MATCH(5,D!$D$1:$D$10,0)", 5),
    "chercher dans une liste écrite": Construction('MATCH("b",{"a","b"},0)', 2),
    "chercher un texte parmi des nombres": Construction(
        'ISNUMBER(MATCH("2026",D!$A$1:$A$10,0))', False
    ),
    "chercher le dernier vrai": Construction(
        'LOOKUP(2,1/(D!$A$1:$A$10="vm"),D!$C$1:$C$10)', 8, r"LOOKUP\(2,1/"
    ),
    # --- Prendre une cellule ---
    "prendre dans une colonne": Construction("INDEX(D!$C$1:$C$10,4)", 4),
    "prendre dans une rangée, par 1": Construction("INDEX(D!$A$2:$C$2,1,3)", 2),
    "prendre dans une rangée, sans 1": Construction(
        "INDEX(D!$A$2:$C$2,3)", 2, r"INDEX\([^(),]*?\$?[A-Z]+\$?(\d+):\$?[A-Z]+\$?\1,[^,()]*\)"
    ),
    "prendre une colonne entière d'un tableau": Construction("SUM(INDEX(D!$A$1:$C$10,0,3))", 55),
    "prendre de la première à la dernière": Construction(
        "SUM(INDEX(D!$C$1:$C$10,2):INDEX(D!$C$1:$C$10,4))", 9, r"\):INDEX\("
    ),
    "prendre selon la ligne": Construction("INDEX(D!$C$1:$C$10,ROW(D!$C$4)-ROW(D!$C$1)+1)", 4),
    "choisir": Construction('IFERROR(CHOOSE(0,"a"),CHOOSE(2,"b","c"))', "c"),
    "référence de table": Construction("SUM(T_essai[x])", 10, r"\w\[\[?[^\]]"),
    "feuille au nom à apostrophe": Construction(
        "'L''Autre'!$A$1&\"\"", "bonjour", r"""'(?:[^'!"]|'')*''(?:[^'!"]|'')*'!"""
    ),
    "nom absolu vers une plage": Construction("SUM(des_nombres)", 55),
    "nom absolu vers une cellule": Construction("un_nombre*2", 4),
    "nom d'un texte constant": Construction('un_texte&"!"', "fixe!"),
    "nom relatif": Construction("un_voisin", 7),
    # --- Les petits et les grands ---
    'le plus petit, parmi des « "" »': Construction("SMALL(D!$D$1:$D$10,1)", 5),
    'le plus grand, parmi des « "" »': Construction("LARGE(D!$D$1:$D$10,2)", 9),
    'minimum parmi des « "" »': Construction("MIN(D!$D$1:$D$10)", 5),
    "trop loin": Construction('IFERROR(SMALL(D!$D$1:$D$10,9),"")', ""),
    "compter les nombres, sans les vrais": Construction("COUNT(D!$B$1:$B$10)", 4),
    # --- Terme à terme ---
    "produits de comparaisons": Construction("SUMPRODUCT((D!$C$1:$C$10>3)*(D!$C$1:$C$10<8))", 4),
    "produit contre un long texte": Construction("SUMPRODUCT(--(D!$A$1:$A$10=D!$A$4))", 1),
    "produit des non-vides": Construction('SUMPRODUCT((D!$D$1:$D$10<>"")*D!$C$1:$C$10)', 45),
    "fonction sur toute une plage": Construction(
        "SUMPRODUCT(--(LEN(D!$A$1:$A$10)>255))",
        1,
        r"\b(LEN|FIND|SEARCH|ISNUMBER|SUBSTITUTE|UPPER|LEFT|MID|TRIM|INT)\([^()]*\$\d+:\$?[A-Z]+\$\d",
    ),
    "fonction matricielle": Construction("{=SUM(IF(D!$C$1:$C$10>3,1,0))}", 7),
    "un vrai parmi une plage": Construction("OR(D!$C$1:$C$10>9)", True),
    # --- Textes ---
    "chercher dans un texte": Construction('FIND("é",D!$A$4,10)', 10),
    "chercher sans la casse": Construction('SEARCH("v?m",D!$A$2)', 1),
    "remplacer, trente fois": Construction(
        _TRENTE_REMPLACEMENTS,
        "ddd",
    ),
    "extraire d'un long texte": Construction("MID(D!$A$4,299,5)", "éé"),
    "longueurs": Construction("LEN(D!$A$4)*1000+LEN(D!$A$3)", 300_000),
    "longueur d'un emoji": Construction('LEN("a😀")', 3),
    "littéral à blancs rares": Construction('LEN("a\u00a0\u202f\u200b\ufeff’«»¦")', 9),
    "remplacer un blanc insécable": Construction('SUBSTITUTE("a\u00a0b","\u00a0"," ")', "a b"),
    "un blanc insécable n'est pas un blanc": Construction('"a\u00a0b"="a b"', False),
    "comparer exactement un blanc insécable": Construction('EXACT("a\u00a0b","a b")', False),
    "ôter les blancs, pas l'insécable": Construction('LEN(TRIM("\u00a0a"))', 2),
    "égaux sans la casse": Construction('"alpha"="ALPHA"', True),
    "égaux sans la casse, accentués": Construction('"É"="é"', True),
    "mettre en capitales": Construction('UPPER("abc")', "ABC"),
    "mettre en capitales accentuées": Construction('UPPER("é")', "É"),
    "blanc insécable par son numéro": Construction("CHAR(160)", "\u00a0"),
    "nombre en texte": Construction('TEXT(7,"000")&2.5&3', "0072.53"),
    "texte en nombre": Construction('VALUE("12")+"3"*1', 15),
    "texte qui n'est pas un nombre": Construction('ISERROR(""*1)', True),
    # --- Ce qu'est une cellule ---
    "erreur en cellule": Construction('IFERROR(D!$B$7,"err")', "err"),
    "long texte sous IFERROR": Construction('LEN(IFERROR(D!$A$4,"err"))', 300),
    'vide égal à « "" » et à zéro': Construction(
        'AND(D!$A$3="",D!$A$3=0,D!$D$1="",D!$D$1<>0)', True
    ),
    "nombre ou texte": Construction(
        "AND(ISNUMBER(D!$B$1),ISTEXT(D!$B$5),NOT(ISTEXT(D!$A$3)))", True
    ),
    "un vrai n'est pas un nombre": Construction("ISNUMBER(D!$B$6)", False),
    "N d'un texte": Construction("N(D!$B$1)+N(D!$A$1)", 3),
    "nom du fichier": Construction('ISTEXT(CELL("filename",D!$A$1))', True, r'CELL\("filename"'),
    # --- Dates, liens ---
    "fin de mois": Construction("EDATE(DATE(2026,3,31),-1)", 46_081),
    "aujourd'hui est un nombre": Construction("ISNUMBER(TODAY())", True),
    "lien": Construction('HYPERLINK("#D!A"&2,"aller")', "aller"),
    "AGGREGATE": Construction("AGGREGATE(15,6,D!$B$1:$B$10,1)", 2.5, "AGGREGATE"),
}

_INCONNUE, _MODULE = "n'est pas lue à l'import", "inconnue du moteur"
_UNE = "ne voit que la première cellule, ou une erreur"
INCAPACITES: Mapping[str, Mapping[str, str]] = {
    "LibreOffice": {
        "compter les textes par ?*": "un joker y compte aussi les nombres",
        "chercher un texte parmi des nombres": "« 2026 » y trouve 2026",
        "un vrai parmi une plage": "#VALUE! hors d'une formule matricielle",
        "compter les nombres, sans les vrais": "un vrai y est un nombre",
        "un vrai n'est pas un nombre": "un vrai y est un nombre",
        "longueur d'un emoji": "un emoji y est un caractère",
        "blanc insécable par son numéro": "dépend de la langue du poste",
        "AGGREGATE": "veut _xlfn.",
    },
    "Gnumeric": {
        "référence de table": _INCONNUE,
        "feuille au nom à apostrophe": _INCONNUE,
        "prendre dans une rangée, sans 1": "#REF!",
        "prendre une colonne entière d'un tableau": "#REF!",
        "fonction sur toute une plage": _UNE,
        "compter plusieurs valeurs à la fois": _UNE,
        PLUSIEURS_NOMS: _UNE,
        "un vrai parmi une plage": "#VALUE! hors d'une formule matricielle",
        "joker par-dessus un saut de ligne": "le joker s'arrête au saut de ligne",
        "compter une erreur": "une erreur ne s'y compte pas",
        "un blanc insécable n'est pas un blanc": "« = » les confond, EXACT non",
        "ôter les blancs, pas l'insécable": "ôte aussi l'insécable",
        "longueur d'un emoji": "un emoji y est un caractère",
        "AGGREGATE": _MODULE,
    },
    "IronCalc": {
        "nom relatif": "vaut une autre cellule",
        "nom d'un texte constant": "#NAME?",
        "prendre de la première à la dernière": "#VALUE!",
        "fonction sur toute une plage": _UNE,
        "compter plusieurs valeurs à la fois": _UNE,
        PLUSIEURS_NOMS: _UNE,
        "chercher le dernier vrai": "#N/A",
        "joker par-dessus un saut de ligne": "le joker s'arrête au saut de ligne",
        "compter un tilde échappé": "le tilde doublé n'y est pas un tilde",
        "compter les autres, vide compris": "une cellule vide n'y est pas autre",
        "longueur d'un emoji": "un emoji y est un caractère",
        "AGGREGATE": _MODULE,
    },
    "formualizer": {
        "référence de table": "#NAME?",
        "nom relatif": "#NAME?",
        "fonction sur toute une plage": _UNE,
        "compter plusieurs valeurs à la fois": _UNE,
        PLUSIEURS_NOMS: _UNE,
        "chercher le dernier vrai": "#N/A",
        "compter une erreur": "une erreur ne s'y compte pas",
        "égaux sans la casse, accentués": "ne connaît la casse que de l'ASCII",
        "mettre en capitales accentuées": "ne connaît la casse que de l'ASCII",
        "ôter les blancs, pas l'insécable": "ôte aussi l'insécable",
        "longueur d'un emoji": "un emoji y est un caractère",
        "nom du fichier": "vide",
        "AGGREGATE": _MODULE,
    },
}

GESTES_IMPOSSIBLES: Mapping[str, str] = {
    "Gnumeric": "ssconvert ne fait que convertir",
    "formualizer": "n'insère, n'efface ni ne déplace rien",
}
"""Qui ne sait faire aucun geste : ils calculent ce que LibreOffice enregistre après le sien."""

_MOT = re.compile(r"[A-Za-zÀ-ÿ_][\wÀ-ÿ.]*")


class Reconnaisseur:
    """Dit, d'une cellule, la première construction que le moteur ne sait pas calculer."""

    def __init__(self, moteur: str, classeur: Classeur) -> None:
        self._classeur = classeur
        self._motifs = {
            nom: re.compile(CONSTRUCTIONS[nom].motif)
            for nom in INCAPACITES[moteur]
            if CONSTRUCTIONS[nom].motif
        }
        self._des_noms: dict[str, str | None] = {}
        self._vues: dict[str, str | None] = {}

    def reconnaitre(self, formule: str) -> str | None:
        """Dans la formule, ou dans un nom qu'elle cite ; une formule partagée se lit une fois."""
        if formule not in self._vues:
            self._vues[formule] = self._reconnaitre(formule)
        return self._vues[formule]

    def _reconnaitre(self, formule: str) -> str | None:
        vue = next((nom for nom, motif in self._motifs.items() if motif.search(formule)), None)
        cites = (mot for mot in _MOT.findall(formule) if mot in self._classeur.noms)
        return vue or next(filter(None, map(self._du_nom, cites)), None)

    def _du_nom(self, nom: str) -> str | None:
        if nom not in self._des_noms:
            self._des_noms[nom] = None
            self._des_noms[nom] = self.reconnaitre(self._classeur.noms[nom])
        return self._des_noms[nom]
