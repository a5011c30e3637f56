"""Quels que soient les octets reçus, `lire` rend un registre : jamais d'exception."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotage_xlsx.lecture import lire
from tests.campagne import combien
from tests.lecture.paquets import ecrire, parties
from tests.lecture.registres import classeur
from tests.tableaux import modele

_REGLAGES = settings(
    max_examples=combien(60, 150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@lru_cache(maxsize=1)
def octets() -> bytes:
    """Un classeur rempli."""
    tampon = BytesIO()
    classeur({"Outils": [["Outil ou service", "Domaine", "Criticité"], ["GED", "Autre", 3]]}).save(
        tampon
    )
    return tampon.getvalue()


@_REGLAGES
@given(
    entete=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
    reste=st.binary(),
)
def test_des_octets_au_hasard(tmp_path: Path, entete: bytes, reste: bytes) -> None:
    (tmp_path / "hasard.xlsx").write_bytes(entete + reste)
    assert lire(tmp_path / "hasard.xlsx", modele()).refus is not None


@_REGLAGES
@given(places=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=9))
def test_un_classeur_dont_des_octets_ont_change(
    tmp_path: Path, places: list[tuple[float, int]]
) -> None:
    abimes = bytearray(octets())
    for place, octet in places:
        abimes[int(place * (len(abimes) - 1))] = octet
    (tmp_path / "hasard.xlsx").write_bytes(abimes)
    registre = lire(tmp_path / "hasard.xlsx", modele())
    assert registre.refus is not None or registre.feuilles


@_REGLAGES
@given(
    partie=st.sampled_from(list(parties())),
    xml=st.lists(
        st.sampled_from(
            ["<worksheet>", "<row ", 'r="1"', ">", "<c ", 'r="A1"', "<v>", "1", "</v>", "</c>",
             "/>", "</row>", "</worksheet>", "<sst>", "<si>", "<t>", "é", "&amp;", "<!--", "\0",
             "<xf/>", "<workbook>", "<sheets>", "<sheet/>", "<Relationships>",
             '<Relationship Id="rId1"/>'],
        ),
        max_size=20,
    ),
)  # fmt: skip
def test_une_partie_de_travers(tmp_path: Path, partie: str, xml: list[str]) -> None:
    chemin = ecrire(tmp_path / "hasard.xlsx", {**parties(), partie: "".join(xml)})
    assert lire(chemin, modele()).refus is not None
