"""Le chemin court et l'analyseur XML lisent la même chose, ligne par ligne."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest import MonkeyPatch

from pilotage_xlsx.lecture import chemin_court
from pilotage_xlsx.lecture.cellules import Fabrique
from pilotage_xlsx.lecture.chemin_court import prendre_les_lignes
from pilotage_xlsx.registre import Cellule, NatureDeCellule
from pilotage_xlsx.socle.paquet import Budget, Refus
from tests.campagne import combien
from tests.lecture.paquets import ecrire, grilles, parties

_TEXTES = "<si><t>zéro</t></si><si><t>un</t></si>"
_CELLULES = st.sampled_from(
    [
        '<c r="A{n}"><v>1</v></c>',
        '<c r="B{n}" s="1" t="s"><v>1</v></c>',
        '<c r="C{n}" t="n"><v>2.5E-3</v></c>',
        '<c r="D{n}" s="1"/>',
        '<c r="E{n}" t="str"><f>"é"&amp;"a"</f><v>_x00E9_a</v></c>',
        '<c r="F{n}"><f aca="false">A1</f><v>3</v></c>',
        '<c r="G{n}" t="b"><v>0</v></c>',
        '<c r="H{n}"><f>B1</f></c>',
        '<c r="K{n}"><f>IF(A1,"")</f><v></v></c>',
        '<c r="O{n}"><f>IF(A1&lt;B1,"")</f><v></v></c>',
        '<c r="P{n}"><f>IF(A1&faux;B1,"")</f><v>1</v></c>',
        '<c r="L{n}" t="str"><f>""</f><v></v></c>',
        '<c r="M{n}" t="s"><v></v></c>',
        '<c r="N{n}"><f t="shared" si="0"/><v></v></c>',
        '<c r="I{n}" t="inlineStr"><is><t>a &amp; b</t></is></c>',
        '<c r="Q{n}" t="inlineStr"><is><t>&#201;t&#233; &amp;#233; &#1;</t></is></c>',
        '<c r="R{n}" t="inlineStr"><is><t xml:space="preserve"> &#233; \n</t></is></c>',
        '<c r="S{n}"><f>IF(A1&lt;B1,1)</f><v/></c>',
        '<c r="B{n}" t="s"><v>9</v></c>',
        '<c r="A99"><v>1</v></c>',
        "<c><v>4</v></c>",
        "<c r='J{n}'><v>5</v></c>",
        '<c r="AAA{n}"><v>6</v></c>',
    ]
)
_LIGNES = st.lists(
    st.tuples(
        st.sampled_from(['<row r="{n}"{m}>', '<row r="{n}" spans="1:9"{m}>', "<row{m}>"]),
        st.sampled_from(["", ' hidden="1"', ' hidden="true"', ' hidden="false"']),
        st.lists(_CELLULES, max_size=4),
    ),
    max_size=6,
)


@settings(
    max_examples=combien(100, 300),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(lignes=_LIGNES)
def test_les_deux_chemins_lisent_la_meme_chose(
    tmp_path: Path, lignes: list[tuple[str, str, list[str]]]
) -> None:
    xml = "".join(
        (tete + "".join(cellules) + "</row>").format(n=numero, m=masquee)
        for numero, (tete, masquee, cellules) in enumerate(lignes, 1)
    )
    court = lire_ou_refuser(tmp_path / "court.xlsx", xml)
    long = lire_ou_refuser(tmp_path / "long.xlsx", "<!-- tout à l'analyseur -->" + xml)
    assert court == long


Lue = tuple[int, dict[int, Cellule], bool] | None


def lire_ou_refuser(chemin: Path, xml: str) -> object:
    try:
        grille = grilles(ecrire(chemin, parties(xml, textes=_TEXTES)))[0]
    except Refus as refus:
        return refus.code
    return grille.lignes, grille.masquees


def test_une_ligne_ordinaire_ne_va_pas_a_l_analyseur() -> None:
    rangees: dict[int, dict[int, Cellule]] = {}
    feuille = b'<worksheet><sheetData><row r="2"><c r="A2"><v>1</v></c></row></sheetData>'
    reste = prendre_les_lignes(
        [feuille],
        Fabrique([], frozenset(), Budget()),
        lambda n, rangee, _: rangees.update({n: rangee}),
    )
    assert b"".join(reste) == b"<worksheet><sheetData></sheetData>"
    assert rangees == {2: {1: Cellule(NatureDeCellule.NOMBRE, "1")}}


def test_les_lignes_fantomes_sont_sautees() -> None:
    vides = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(1, 1000))
    reste = prendre_les_lignes(
        [b"<worksheet><sheetData>" + vides], Fabrique([], frozenset(), Budget()), lambda *_: None
    )
    assert len(b"".join(reste)) < 100


_PRETE = '<c r="A{n}" s="8" t="str"><f t="shared" si="{si}"/><v></v></c>'
_PRESQUE = {
    7: '<c r="B{n}" s="12"><v>5</v></c>',
    12: '<c r="B{n}" s="12" t="s"><v>1</v></c>',
    13: '<c r="B12" s="12"/>',
    14: '<c r="B{n}"/>',
    15: '<c r="B1{n}" s="12"/>',
    99: '<c r="C{n}" s="12"/>',
    101: '<c r="B{n}" s="12"><v>{n}</v></c>',
}


def test_une_ligne_prete_ne_se_lit_qu_une_fois_et_n_en_cache_aucune(
    tmp_path: Path, monkeypatch: MonkeyPatch
) -> None:
    lignes = [
        f'<row r="{n}"{" hidden=" + chr(34) + "1" + chr(34) if n == 9 else ""}>'
        + (_PRETE + _PRESQUE.get(n, '<c r="B{n}" s="12"/>')).format(n=n, si=3)
        + "</row>"
        for n in range(1, 300)
    ]
    lues: list[bytes] = []

    def lire_une(ligne: bytes, fabrique: Fabrique) -> Lue:
        lues.append(ligne)
        return lire_vraiment(ligne, fabrique)

    lire_vraiment = chemin_court._lire
    monkeypatch.setattr(chemin_court, "_lire", lire_une)
    for suite in (lignes, [*lignes, "<row><c><v>4</v></c></row>"]):
        xml = "".join(suite)
        court = lire_ou_refuser(tmp_path / "court.xlsx", xml)
        assert court == lire_ou_refuser(tmp_path / "long.xlsx", "<!-- à l'analyseur -->" + xml)
    assert len(lues) < 40


def test_un_morceau_coupe_n_importe_ou_ne_change_rien() -> None:
    feuille = b'<worksheet><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c/></row></worksheet>'
    for coupe in range(len(feuille)):
        lues: list[int] = []
        reste = prendre_les_lignes(
            [feuille[:coupe], feuille[coupe:]],
            Fabrique([], frozenset(), Budget()),
            lambda n, *_: lues.append(n),  # noqa: B023
        )
        assert b'r="2"' in b"".join(reste)
        assert lues in ([1], [])


def test_des_lignes_vides_sans_fin_de_ligne_se_sautent_aussi() -> None:
    vides = b"".join(b'<row r="%d" s="1"/>' % numero for numero in range(1, 100_000))
    pleine = b'<row r="100000"><c r="A100000"><v>1</v></c></row>'
    feuille = b"<worksheet><sheetData>" + vides + pleine + b"</sheetData></worksheet>"
    rangees: dict[int, dict[int, Cellule]] = {}
    reste = prendre_les_lignes(
        (feuille[debut : debut + 50_000] for debut in range(0, len(feuille), 50_000)),
        Fabrique([], frozenset(), Budget()),
        lambda n, rangee, _: rangees.update({n: rangee}),
    )
    assert len(b"".join(reste)) < 10_000
    assert list(rangees) == [100_000]


def test_nos_colonnes_voisines_s_otent_d_un_trait_si_chacune_a_sa_formule() -> None:
    cles = '<row r="1"><c r="A1" t="str"><v>outils.nom</v></c>' + "".join(
        f'<c r="{lettre}1" t="str"><v>outils.#z{rang}</v></c>' for rang, lettre in enumerate("BCD")
    )
    formules = '<c r="B2"><f>1</f><v>1</v></c><c r="C2" t="str"><f>IF(1&lt;2,"")</f><v></v></c>'
    lues: dict[int, dict[int, Cellule]] = {}
    feuille = (
        f"<worksheet><sheetData>{cles}</row>"
        f'<row r="2"><c r="A2"><v>7</v></c>{formules}<c r="E2"><v>8</v></c></row>'
        '<row r="3"><c r="A3"><v>9</v></c><c r="C3"><v>5</v></c></row>'
        '<row r="4"><c r="A4"><v>9</v></c><c r="D4" s="1"/></row></sheetData></worksheet>'
    )
    reste = prendre_les_lignes(
        [feuille.encode()],
        Fabrique([], frozenset(), Budget()),
        lambda n, rangee, _: lues.update({n: rangee}),
    )
    assert b"<row" not in b"".join(reste)
    assert {n: [*rangee] for n, rangee in lues.items() if n > 1} == {2: [1, 5], 3: [1, 3], 4: [1]}


def test_apres_les_lignes_seules_les_fusions_se_lisent() -> None:
    fusions = b'<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    lignes = b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    menus = b'<dataValidations><dataValidation sqref="A1"/></dataValidations>'
    for fin, garde in ((b"</worksheet>", b""), (b"", menus)):
        reste = prendre_les_lignes(
            [lignes + fusions + menus + fin], Fabrique([], frozenset(), Budget()), lambda *_: None
        )
        assert b"".join(reste) == b"<worksheet><sheetData></sheetData>" + fusions + garde + fin
