"""Des classeurs à retoucher : celui d'une commune, avec tout ce qu'un tableur y met ; de petits."""

from __future__ import annotations

import zipfile
from functools import lru_cache
from pathlib import Path

from pilotage_xlsx.retouche.classeur import ouvrir_pour_retoucher
from pilotage_xlsx.socle.paquet import ouvrir
from tests.generation.classeurs import octets
from tests.petites_tables import petites_tables

_LIENS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FILS = "http://schemas.microsoft.com/office/2017/10/relationships"
_PRINCIPAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="5"/></o:shapelayout>{formes}</xml>'
)
_FORME = (
    '<v:shape id="_x0000_s{numero}" type="#_x0000_t202"><v:textbox><div><br>mal formé</div>'
    '</v:textbox><x:ClientData ObjectType="Note"><x:Row>{ligne}</x:Row><x:Column>2</x:Column>'
    "</x:ClientData></v:shape>"
)
_NOTES = (
    f'<comments xmlns="{_PRINCIPAL}"><authors><author>Le greffe</author>'
    "<author>tc={{0001}}</author></authors><commentList>"
    '<comment ref="C7" authorId="0"><text><t>Vu avec le boursier.</t></text></comment>'
    '<comment ref="C8" authorId="1"><text><t>[Threaded comment] Un fil</t></text></comment>'
    "</commentList></comments>"
)
_FIL = (
    "<ThreadedComments "
    'xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>'
)
_X14 = (
    '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    "<x14:conditionalFormattings><x14:conditionalFormatting "
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:cfRule type="dataBar" priority="1" id="{00000000-0001-0000-0000-000000000000}"/>'
    "<xm:sqref>X7:X20</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext>"
    "</extLst>"
)
_DOCUMENT = {
    "commune": {"commune": "Valmarin", "canton": "VD", "annee": 2026},
    "prestataires": [{"nom": "Alpha SA", "propres": {"Casier": "A3"}}],
    "outils": [
        {"nom": "GED", "domaine": "Archivage", "prestataire": "Alpha SA"},
        {"nom": "Messagerie", "domaine": "Messagerie et agenda", "criticite": "Vitale"},
        {"nom": "GED", "domaine": "Archivage", "cout_annuel": "env. 500"},
    ],
}


@lru_cache(maxsize=1)
def de_commune() -> bytes:
    """Un classeur généré, avec des fautes."""
    with petites_tables():
        return octets(_DOCUMENT)


def ecrire_le_classeur(dossier: Path, nom: str = "valmarin.xlsx") -> Path:
    """Ce classeur, dans un fichier."""
    chemin = dossier / nom
    chemin.write_bytes(de_commune())
    return chemin


def ecrire_le_riche(dossier: Path) -> Path:
    """Le même, comme Excel l'aurait rendu : macro, image, notes, fil, extension x14."""
    chemin = dossier / "riche.xlsm"
    with zipfile.ZipFile(ecrire_le_classeur(dossier)) as source:
        parties = {nom: source.read(nom).decode() for nom in source.namelist()}
    with ouvrir(dossier / "valmarin.xlsx") as paquet:
        feuille = ouvrir_pour_retoucher(paquet).feuilles["Outils"].partie
    liens = f"xl/worksheets/_rels/{feuille.rpartition('/')[2]}.rels"
    parties[feuille] = parties[feuille].replace(
        "<tableParts", '<legacyDrawing r:id="rId91"/><tableParts'
    )
    parties[feuille] = parties[feuille].replace("</worksheet>", f"{_X14}</worksheet>")
    parties[liens] = parties[liens].replace(
        "</Relationships>",
        f'<Relationship Id="rId91" Type="{_LIENS}/vmlDrawing" Target="../drawings/vml1.vml"/>'
        f'<Relationship Id="rId92" Type="{_LIENS}/comments" Target="../comments1.xml"/>'
        f'<Relationship Id="rId93" Type="{_FILS}/threadedComment" Target="../fils/fil1.xml"/>'
        "</Relationships>",
    )
    formes = "".join(_FORME.format(numero=5121 + rang, ligne=6 + rang) for rang in (0, 1))
    parties["xl/drawings/vml1.vml"] = _VML.format(formes=formes)
    parties["xl/comments1.xml"] = _NOTES
    parties["xl/fils/fil1.xml"] = _FIL
    parties["xl/vbaProject.bin"] = "une macro de la commune"
    parties["xl/media/armoiries.png"] = "une image"
    types = parties["[Content_Types].xml"].replace(
        "openxmlformats-officedocument.spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main"
    )
    parties["[Content_Types].xml"] = types.replace(
        "<Override",
        '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.'
        'vmlDrawing"/><Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        '<Default Extension="png" ContentType="image/png"/><Override PartName="/xl/comments1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/>'
        "<Override",
        1,
    )
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in parties.items():
            archive.writestr(nom, contenu)
    return chemin
