"""Des classeurs extrêmes, chacun fait en une seconde ou deux : ce qu'un fichier peut avoir de pire.

Chacun vise une chose que la lecture garde, ou pourrait garder : des textes, des cellules, des noms,
des attributs, des liens. Aucun ne vient d'un tableur ; tous s'ouvrent comme une archive juste.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path

from tests.lecture.paquets import PRINCIPAL, liens, parties
from tests.tableaux import modele

EMOJI = "\N{GRINNING FACE}"
_LARGEUR = 20
_SUFFIXES = ("", *map(str, range(2, 100)))

Parties = Mapping[str, str | bytes | Iterable[str]]


def ecrire(chemin: Path, contenu: Parties) -> Path:
    """Écrit une archive de ces parties, au fil de l'eau : une partie peut être une suite."""
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for nom, partie in contenu.items():
            if isinstance(partie, str | bytes):
                archive.writestr(nom, partie)
                continue
            with archive.open(nom, "w", force_zip64=True) as flux:
                for morceau in partie:
                    flux.write(morceau.encode())
    return chemin


def adresse(ligne: int, colonne: int) -> str:
    """« A1 » ; les colonnes au-delà de Z ont deux lettres."""
    haut, bas = divmod(colonne - 1, 26)
    return f"{chr(64 + haut) if haut else ''}{chr(65 + bas)}{ligne}"


def _cellule(ligne: int, colonne: int, valeur: object, type_: str = "") -> str:
    attribut = f' t="{type_}"' if type_ else ""
    return f'<c r="{adresse(ligne, colonne)}"{attribut}><v>{valeur}</v></c>'


def texte(ligne: int, colonne: int, texte: str) -> str:
    ici = adresse(ligne, colonne)
    return f'<c r="{ici}" t="inlineStr"><is><t xml:space="preserve">{texte}</t></is></c>'


def entete(feuille: str, propres: int = 0) -> str:
    """La première ligne d'un registre, et autant de colonnes propres."""
    libelles = [c.libelle for c in modele().par_id[feuille].saisies][:_LARGEUR]
    libelles += [f"Propre {rang}" for rang in range(propres)]
    cellules = (texte(1, rang, libelle) for rang, libelle in enumerate(libelles, 1))
    return f'<row r="1">{"".join(cellules)}</row>'


def _feuille(corps: Iterable[str], apres: str = "") -> Iterator[str]:
    yield f'<worksheet xmlns="{PRINCIPAL}"><sheetData>'
    yield from corps
    yield f"</sheetData>{apres}</worksheet>"


def _partages(textes: Iterable[str]) -> Iterator[str]:
    yield f'<sst xmlns="{PRINCIPAL}">'
    yield from (f"<si><t>{texte}</t></si>" for texte in textes)
    yield "</sst>"


def classeur(
    feuilles: Mapping[str, Iterable[str]], textes: Iterable[str] = (), **autres: Parties
) -> Parties:
    """Un classeur de ces feuilles (nom → lignes XML), et d'autres parties."""
    cibles = {f"worksheets/s{rang}.xml": "worksheet" for rang in range(len(feuilles))}
    sommaire = "".join(
        f'<sheet name="{nom}" sheetId="{rang + 1}" r:id="rId{rang + 1}"/>'
        for rang, nom in enumerate(feuilles)
    )
    cibles |= {"sharedStrings.xml": "sharedStrings", "styles.xml": "styles"}
    base = dict(parties(reglages="@"))
    base["xl/workbook.xml"] = (
        str(base["xl/workbook.xml"]).partition("@")[0] + f"<sheets>{sommaire}</sheets></workbook>"
    )
    base["xl/_rels/workbook.xml.rels"] = liens(cibles)
    del base["xl/worksheets/sheet1.xml"]
    corps = {f"xl/worksheets/s{r}.xml": _feuille(c) for r, c in enumerate(feuilles.values())}
    return {**base, **corps, "xl/sharedStrings.xml": _partages(textes), **autres.get("parties", {})}


def _lignes(premiere: int, faire: Callable[[int], str], combien: int) -> Iterator[str]:
    for ligne in range(premiere, premiere + combien):
        yield f'<row r="{ligne}">{faire(ligne)}</row>'


def _outils(lignes: Iterable[str], propres: int = 0) -> Iterator[str]:
    yield entete("outils", propres)
    yield from lignes


def emoji_partages() -> Parties:
    """Quelques textes partagés d'un million de signes à quatre octets, tous cités."""
    textes = (f"{rang}{EMOJI * 1_000_000}" for rang in range(15))
    lignes = _lignes(2, lambda n: _cellule(n, 1, n - 2, "s"), 15)
    return classeur({"Outils": _outils(lignes)}, textes)


def emoji_de_32767(part: float = 1) -> Parties:
    """Des textes de la longueur admise, tous d'emoji, sur toutes les colonnes."""
    textes = (f"{rang:04}{EMOJI * 16_000}" for rang in range(int(1_000 * part)))
    lignes = _lignes(
        2,
        lambda n: "".join(_cellule(n, c, (n - 2) * 10 + c - 1, "s") for c in range(1, 11)),
        int(100 * part),
    )
    return classeur({"Outils": _outils(lignes)}, textes)


def emoji_dans_les_feuilles(part: float = 1) -> Parties:
    """Des textes à même les cellules, dans plusieurs feuilles."""
    return classeur(
        {
            f"Outils{suffixe}": _outils(
                _lignes(2, lambda n: texte(n, 1, f"{n}{EMOJI * 16_000}"), int(400 * part))
            )
            for suffixe in _SUFFIXES[:7]
        }
    )


def un_emoji_par_texte(part: float = 1) -> Parties:
    """Un seul signe large par texte : quatre octets en mémoire pour chacun des autres."""
    textes = (f"{rang:05}{EMOJI}{'a' * 1_000}" for rang in range(int(60_000 * part)))
    lignes = _lignes(
        2,
        lambda n: "".join(_cellule(n, c, (n - 2) * 10 + c - 1, "s") for c in range(1, 11)),
        int(6_000 * part),
    )
    return classeur({"Outils": _outils(lignes)}, textes)


def un_texte_de_60_millions() -> Parties:
    """Un seul texte partagé, et un seul signe large à sa fin."""
    textes = ("a" * 60_000_000 + EMOJI,)
    return classeur({"Outils": _outils(_lignes(2, lambda n: _cellule(n, 1, 0, "s"), 1))}, textes)


def un_texte_en_miettes() -> Parties:
    """Un texte d'un million de bouts, dans une cellule puis dans les textes partagés."""
    miettes = "<r><t>é</t></r>" * 450_000
    ligne = f'<row r="2"><c r="A2" t="inlineStr"><is>{miettes}</is></c></row>'
    contenu = dict(classeur({"Outils": _outils([ligne])}))
    contenu["xl/sharedStrings.xml"] = f'<sst xmlns="{PRINCIPAL}"><si>{miettes}</si></sst>'
    return contenu


def nombres_sans_fin() -> Parties:
    """Des « nombres » de cent mille signes."""
    lignes = _lignes(2, lambda n: _cellule(n, 11, f"{n}{'1' * 100_000}"), 1_500)
    return classeur({"Outils": _outils(lignes)})


def formules_sans_fin() -> Parties:
    """Des formules de cent mille signes, sans résultat."""

    def faire(ligne: int) -> str:
        return f'<c r="A{ligne}"><f>{ligne}{"+A1" * 30_000}</f></c>'

    return classeur({"Outils": _outils(_lignes(2, faire, 1_500))})


def _minuscules(lignes: int, largeur: int) -> Iterator[str]:
    numeros = count()
    return _lignes(
        2,
        lambda n: "".join(_cellule(n, c, next(numeros)) for c in range(1, largeur + 1)),
        lignes,
    )


def cellules_minuscules(part: float = 1) -> Parties:
    """Un demi-million de nombres différents dans une feuille."""
    return classeur({"Outils": _outils(_minuscules(int(24_000 * part), 20))})


def cellules_dans_huit_feuilles(part: float = 1) -> Parties:
    """Quatre cent mille nombres dans chacune des huit feuilles du modèle."""
    feuilles = {f.libelle: f.id for f in modele().a_lire}
    return classeur(
        {
            libelle: (entete(identifiant), *_minuscules(int(20_000 * part), 20))
            for libelle, identifiant in feuilles.items()
        }
    )


def textes_jamais_cites(part: float = 1) -> Parties:
    """Un demi-million de textes partagés qu'aucune cellule ne cite."""
    textes = (f"Texte {rang} que personne ne cite" for rang in range(int(499_000 * part)))
    return classeur({"Outils": _outils(_lignes(2, lambda n: _cellule(n, 1, n), 3))}, textes)


def textes_courts_partout(part: float = 1) -> Parties:
    """Un demi-million de textes différents, tous cités."""
    textes = (f"É{rang}" for rang in range(int(480_000 * part)))
    lignes = _lignes(
        2,
        lambda n: "".join(_cellule(n, c, (n - 2) * 20 + c - 1, "s") for c in range(1, 21)),
        int(24_000 * part),
    )
    return classeur({"Outils": _outils(lignes)}, textes)


def noms_cites_en_miettes(part: float = 1) -> Parties:
    """Des cellules qui citent chacune seize mille noms d'une lettre."""
    lignes = _lignes(
        2, lambda n: texte(n, 1, f"D{n}") + texte(n, 4, f"{n};" + "a;" * 16_000), int(900 * part)
    )
    return classeur({"Décisions": (entete("decisions"), *lignes)})


def colonnes_propres(part: float = 1) -> Parties:
    """Quatre cents colonnes propres à la commune, sur mille lignes."""
    lignes = _lignes(
        2, lambda n: "".join(_cellule(n, c, n * 1000 + c) for c in range(1, 420)), int(1_000 * part)
    )
    return classeur({"Outils": _outils(lignes, 400)})


def feuilles_propres(part: float = 1) -> Parties:
    """Mille feuilles de la commune, de deux cents lignes."""
    feuilles = {
        f"Propre {rang}": _lignes(
            1, lambda n: "".join(_cellule(n, c, n * 100 + c) for c in range(1, 11)), 200
        )
        for rang in range(int(900 * part))
    }
    return classeur({"Outils": _outils(_lignes(2, lambda n: _cellule(n, 1, n), 3)), **feuilles})


def une_grande_feuille_propre(part: float = 1) -> Parties:
    """Une feuille de la commune d'un demi-million de nombres."""
    propre = _minuscules(int(24_000 * part), 20)
    return classeur({"Outils": _outils(_lignes(2, lambda n: _cellule(n, 1, n), 3)), "P": propre})


def fusions() -> Parties:
    """Cent mille fusions sur autant de cellules."""
    plages = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(2, 99_000))
    corps = _outils(_lignes(2, lambda n: _cellule(n, 1, n) + _cellule(n, 2, n), 28_000))
    contenu = dict(classeur({"Outils": ()}))
    apres = f"<mergeCells>{plages}</mergeCells>"
    contenu["xl/worksheets/s0.xml"] = _feuille(corps, apres)
    return contenu


def lignes_masquees() -> Parties:
    """Un million de lignes vides et masquées."""
    lignes = (f'<row r="{n}" hidden="1"><c r="A{n}"/></row>' for n in range(3, 1_000_000))
    return classeur({"Outils": _outils((*_lignes(2, lambda n: _cellule(n, 1, n), 1), *lignes))})


def noms_d_elements() -> Parties:
    """Un million d'éléments de noms tous différents."""
    contenu = dict(classeur({"Outils": _outils(_lignes(2, lambda n: _cellule(n, 1, n), 3))}))
    noms = "".join(f"<b{n}/>" for n in range(3_000_000))
    contenu["xl/styles.xml"] = f'<styleSheet xmlns="{PRINCIPAL}">{noms}</styleSheet>'
    return contenu


def noms_d_attributs() -> Parties:
    """Des attributs de noms tous différents, par dizaines de milliers."""
    contenu = dict(classeur({"Outils": _outils(_lignes(2, lambda n: _cellule(n, 1, n), 3))}))
    balises = "".join(
        "<b {}/>".format(" ".join(f'a{n}=""' for n in range(debut, debut + 50_000)))
        for debut in range(0, 3_000_000, 50_000)
    )
    contenu["xl/styles.xml"] = f'<styleSheet xmlns="{PRINCIPAL}">{balises}</styleSheet>'
    return contenu


def _avec(partie: str, xml: str) -> Parties:
    base = dict(classeur({"Outils": _outils(_lignes(2, lambda n: _cellule(n, 1, n), 3))}))
    return {**base, partie: xml}


def attribut_de_60_mo() -> Parties:
    """Un seul attribut de soixante mégaoctets."""
    xml = f'<styleSheet xmlns="{PRINCIPAL}"><b a="{EMOJI * 15_000_000}"/></styleSheet>'
    return _avec("xl/styles.xml", xml)


def formats() -> Parties:
    """Un demi-million de formats de nombre, chacun avec son code."""
    codes = "".join(f'<numFmt numFmtId="{n}" formatCode="0.{n}"/>' for n in range(1_000_000))
    xml = f'<styleSheet xmlns="{PRINCIPAL}"><numFmts>{codes}</numFmts></styleSheet>'
    return _avec("xl/styles.xml", xml)


def balises_de_proprietes() -> Parties:
    """Des propriétés du document de quatre millions d'éléments, puis d'un texte de 40 Mo."""
    coeur = f"<c>{'<m/>' * 3_000_000}<modified>{'1' * 40_000_000}</modified></c>"
    contenu = dict(_avec("docProps/core.xml", coeur))
    contenu["docProps/custom.xml"] = "<c>{}</c>".format('<property name="x"/>' * 500_000)
    contenu["_rels/.rels"] = liens(
        {
            "xl/workbook.xml": "officeDocument",
            "docProps/core.xml": "core-properties",
            "docProps/custom.xml": "custom-properties",
        }
    )
    return contenu


def relations(part: float = 1) -> Parties:
    """Quatre cent mille relations d'une feuille vers une seule table."""
    table = f'<table xmlns="{PRINCIPAL}" displayName="Outils" name="Outils"/>'
    contenu = dict(_avec("xl/tables/t.xml", table))
    contenu["xl/worksheets/_rels/s0.xml.rels"] = (
        "<Relationships>"
        + "".join(
            f'<Relationship Id="r{n}" Type="x/table" Target="../tables/t.xml"/>'
            for n in range(int(400_000 * part))
        )
        + "</Relationships>"
    )
    return contenu


def feuilles_du_sommaire() -> Parties:
    """Un sommaire d'un million de feuilles."""
    feuilles = '<sheet name="Feuille" sheetId="1" r:id="rId1"/>' * 1_000_000
    return _avec(
        "xl/workbook.xml",
        f'<workbook xmlns="{PRINCIPAL}" xmlns:r="r"><sheets>{feuilles}</sheets></workbook>',
    )


def noms_definis() -> Parties:
    """Un million de noms définis."""
    contenu = dict(_avec("x", ""))
    noms = "".join(f'<definedName name="n{n}">Outils!A{n}</definedName>' for n in range(800_000))
    classeur_ = str(contenu["xl/workbook.xml"])
    contenu["xl/workbook.xml"] = classeur_.replace(
        "</sheets>", f"</sheets><definedNames>{noms}</definedNames>"
    )
    return contenu


def constats_sur_des_noms_longs(part: float = 1) -> Parties:
    """Quatorze mille fautes sur des noms de mille signes."""
    textes = (f"{rang:05} {'Nom long à souhait, ' * 50}" for rang in range(int(14_000 * part)))
    lignes = _lignes(
        2, lambda n: _cellule(n, 1, n - 2, "s") + _cellule(n, 2, n - 2, "s"), int(14_000 * part)
    )
    return classeur({"Outils": _outils(lignes)}, textes)


def tout_le_meme_nom(part: float = 1) -> Parties:
    """Trente mille lignes du même nom, et des références qui ne se trouvent pas."""
    lignes = _lignes(
        2,
        lambda n: "".join(texte(n, c, f"Même nom {c if c < 3 else n}") for c in range(1, 16)),
        int(29_000 * part),
    )
    return classeur({"Outils": _outils(lignes)})


_ODS = "urn:oasis:names:tc:opendocument:xmlns"


def opendocument(corps: Iterable[str]) -> Parties:
    """Un OpenDocument dont ce sont les lignes de la feuille « Outils »."""

    def contenu() -> Iterator[str]:
        espaces = " ".join(f'xmlns:{nom}="{_ODS}:{nom}:1.0"' for nom in ("office", "table", "text"))
        yield f"<office:document-content {espaces}><office:body><office:spreadsheet>"
        yield '<table:table table:name="Outils">'
        yield "<table:table-row>"
        for colonne in modele().par_id["outils"].saisies[:_LARGEUR]:
            yield f"<table:table-cell><text:p>{colonne.libelle}</text:p></table:table-cell>"
        yield "</table:table-row>"
        yield from corps
        yield "</table:table></office:spreadsheet></office:body></office:document-content>"

    return {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": contenu()}


def ods_emoji(part: float = 1) -> Parties:
    """Un .ods de textes longs, tous d'emoji."""
    return opendocument(
        f"<table:table-row><table:table-cell><text:p>{n}{EMOJI * 16_000}</text:p>"
        "</table:table-cell></table:table-row>"
        for n in range(int(900 * part))
    )


def ods_repete(part: float = 1) -> Parties:
    """Un .ods d'une ligne de quinze cellules, répétée trente mille fois."""
    cellules = "".join(
        f"<table:table-cell><text:p>Texte {n}</text:p></table:table-cell>" for n in range(15)
    )
    fois = f'table:number-rows-repeated="{int(30_000 * part)}"'
    return opendocument((f"<table:table-row {fois}>{cellules}</table:table-row>",))


def ods_minuscule(part: float = 1) -> Parties:
    """Un .ods d'un demi-million de nombres."""
    return opendocument(
        "<table:table-row>{}</table:table-row>".format(
            "".join(
                f'<table:table-cell office:value-type="float" office:value="{n * 20 + c}"/>'
                for c in range(20)
            )
        )
        for n in range(int(24_000 * part))
    )


def ods_texte_sans_fin() -> Parties:
    """Un .ods d'un seul texte de 60 Mo."""
    texte = ("a" * 1_000_000 for _ in range(59))
    ouvre = "<table:table-row><table:table-cell><text:p>"
    ferme = "</text:p></table:table-cell></table:table-row>"
    return opendocument((ouvre, *texte, EMOJI, ferme))


EXTREMES: Mapping[str, Callable[..., Parties]] = {
    faire.__name__: faire
    for faire in (
        emoji_partages, emoji_de_32767, emoji_dans_les_feuilles, un_emoji_par_texte,
        un_texte_de_60_millions, un_texte_en_miettes, nombres_sans_fin, formules_sans_fin,
        cellules_minuscules, cellules_dans_huit_feuilles, textes_jamais_cites,
        textes_courts_partout, noms_cites_en_miettes, colonnes_propres, feuilles_propres,
        une_grande_feuille_propre, fusions, lignes_masquees, noms_d_elements, noms_d_attributs,
        attribut_de_60_mo, formats, balises_de_proprietes, relations, feuilles_du_sommaire,
        noms_definis, constats_sur_des_noms_longs, tout_le_meme_nom, ods_emoji, ods_repete,
        ods_minuscule, ods_texte_sans_fin,
    )
}  # fmt: skip


def faire(nom: str, dossier: Path, part: float = 1) -> Path:
    """Écrit un extrême, ou une ``part`` de lui ; son extension est celle de ce qu'il est."""
    suffixe = ".ods" if nom.startswith("ods") else ".xlsx"
    contenu = EXTREMES[nom]() if part == 1 else EXTREMES[nom](part)
    return ecrire(dossier / f"{nom}-{part:.2f}{suffixe}", contenu)
