"""Les mots des raisons sociales : formes juridiques, mots de métier, lieux, abréviations.

Des données : en ajouter un ne demande rien d'autre. Tous sont sans accents, en minuscules.

>>> "sarl" in FORMES_JURIDIQUES, "informatique" in MOTS_DE_METIER, SYNONYMES["informatik"]
(True, True, 'informatique')
"""

from __future__ import annotations


def _mots(texte: str) -> frozenset[str]:
    return frozenset(texte.split())


FORMES_JURIDIQUES = _mots(
    "sa sarl ag gmbh snc sas sasu scs ltd inc llc corp plc kg spa srl scoop sagl eurl ri"
)
"""Ce qui ne distingue pas deux entreprises (art. 951 CO : la forme seule n'y suffit pas)."""

MOTS_OUTILS = _mots("de du des d la le les l et und and en au aux a the der die das")
"""Ce qui ne compte pas : « Solutions et Services » = « Solutions & Services »."""

MOTS_D_UN_OUTIL = _mots(
    """communal communale communaux commune logiciel logiciels programme application appli module
    systeme solution outil licence licences general generale"""
)
"""Ce qu'un nom d'outil ajoute sans rien distinguer : « Comptabilité communale »."""

MOTS_DE_METIER = _mots(
    """informatique solution service systeme reseau telecom telecommunication communication logiciel
    technologie technique digital numerique cyber securite conseil gestion bureau bureautique data
    donnee cloud web internet site hebergement support maintenance ingenierie ingenieur geomatique
    geometre fiduciaire comptabilite groupe group holding societe entreprise etablissement cie
    compagnie consulting partner partenaire electricite electronique energie industriel eau
    association fondation cooperative communal commune cantonal canton etat ville intercommunal
    district region regional administration office centre institut union federation romand suisse
    swiss imprimerie editeur edition archive archivage formation assurance banque caisse
    alarme video telephonie developpement developer agence publique public internationale
    international europe media multimedia graphique design studio atelier
    distribution location vente commercial finance financier management expert expertise"""
)
"""Les mots que mille entreprises partagent : ils ne suffisent jamais à en reconnaître une."""

SYNONYMES = {
    "informatik": "informatique", "informatics": "informatique", "technology": "technologie",
    "systems": "systeme", "network": "reseau", "networks": "reseau", "reseaux": "reseau",
    "schweiz": "suisse", "switzerland": "suisse", "svizzera": "suisse", "st": "saint",
    "ste": "sainte", "telecoms": "telecom", "bureaux": "bureau",
    "consultants": "conseil", "stiftung": "fondation",
    "security": "securite", "engineering": "ingenierie", "industriels": "industriel",
    "industrielle": "industriel", "industrielles": "industriel", "romande": "romand",
    "cies": "cie", "compagnie": "cie", "regionale": "regional", "communale": "communal",
    "cantonale": "cantonal", "intercommunale": "intercommunal", "numeriques": "numerique",
}  # fmt: skip
"""Une même notion écrite autrement, ou dans une autre langue du pays."""

ABREVIATIONS = {
    "sté": "societe", "ets": "etablissement", "ets.": "etablissement", "cie.": "cie",
    "cnsl": "conseil", "bque": "banque", "sces": "service", "svc": "service", "svcs": "service",
    "mgmt": "management", "dpt": "departement",
}  # fmt: skip
"""Les abréviations qui ne sont pas le début du mot."""

SUCCURSALE = _mots("succursale succ agence filiale antenne bureau")
"""Ce qui annonce un lieu d'exploitation : « Alpha SA, succursale de Bulle »."""

LIEUX = _mots(
    """suisse romandie romande lausanne geneve fribourg neuchatel sion delemont berne bienne bulle
    yverdon montreux vevey nyon morges renens aigle monthey martigny sierre payerne estavayer moudon
    romont locle porrentruy tavannes tramelan moutier zurich bale lucerne crissier ecublens gland
    pully carouge meyrin vernier lancy onex echallens orbe avenches villeneuve bex rolle aubonne
    cossonay vallorbe chatel morat granges conthey brigue viege zermatt verbier soleure thoune
    lugano bellinzone zoug winterthour stgall biel freiburg bern basel luzern zug genf
    fr vd vs ge ne ju be zh"""
)
"""Les lieux où une entreprise a souvent une succursale, cantons compris."""

CANTONS = {
    "BE": ("Canton de Berne", _mots("be berne bernois bernoise bern")),
    "FR": ("Canton de Fribourg", _mots("fr fribourg fribourgeois fribourgeoise freiburg")),
    "GE": ("Canton de Genève", _mots("ge geneve genevois genevoise genf")),
    "JU": ("Canton du Jura", _mots("ju jura jurassien jurassienne")),
    "NE": ("Canton de Neuchâtel", _mots("ne neuchatel neuchatelois neuchateloise")),
    "VD": ("Canton de Vaud", _mots("vd vaud vaudois vaudoise")),
    "VS": ("Canton du Valais", _mots("vs valais valaisan valaisanne wallis")),
}
"""Les cantons où le produit sert : leur nom, et les mots qui le disent."""
