"""Des listes comme on en a : leurs en-têtes sont ceux que documentent des logiciels répandus.

Les lignes sont de notre invention. Chacune dit où chaque colonne doit aller : un identifiant du
modèle, « à vous » ou « laisser » ; et quelques cellules, telles qu'elles doivent être inscrites.

Sources des en-têtes : GLPI, affichage par défaut des logiciels, licences, fournisseurs, contrats et
ordinateurs (glpi-user-documentation.readthedocs.io) ; Snipe-IT, export des licences et des actifs
(snipe-it.readme.io) ; Mercator, applications et entités (github.com/dbarzin/mercator) ; i-doit, Dolibarr (tiers).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

A_VOUS, LAISSER = "à vous", "laisser"


class ListeDEssai(NamedTuple):
    """Une liste : son texte, son encodage, son registre, et où va chaque colonne."""

    nom: str
    texte: str
    registre: str
    colonnes: Mapping[str, str]
    inscrit: Mapping[tuple[str, str], object] = {}
    encodage: str = "utf-8"
    lignes: int = 3

    @property
    def octets(self) -> bytes:
        """La liste telle qu'un logiciel l'enregistre."""
        return self.texte.lstrip("\n").replace("\n", "\r\n").encode(self.encodage)


GLPI_LOGICIELS = ListeDEssai(
    "glpi-logiciels",
    """
"Nom";"Entité";"Éditeur";"Versions - Nom";"Versions - Système d'exploitation";"Nombre d'installations";"Licences - Nombre de licences"
"Habitus";"Commune";"Alpha Informatique SA";"12.4";"Windows";"6";"6"
"GeoLac";"Commune";"Delta Carto Sàrl";"3.1";"";"2";"2"
"Fiduce";"Commune";"Alpha Informatique SA";"2026";"Windows";"3";"4"
""",
    "outils",
    {
        "Nom": "nom", "Entité": A_VOUS, "Éditeur": "prestataire", "Versions - Nom": A_VOUS,
        "Versions - Système d'exploitation": A_VOUS, "Nombre d'installations": A_VOUS,
        "Licences - Nombre de licences": A_VOUS,
    },
    {("Fiduce", "prestataire"): "Alpha Informatique SA"},
    "utf-8-sig",
)  # fmt: skip

GLPI_LICENCES = ListeDEssai(
    "glpi-licences",
    """
Nom;Entité;Logiciel;Numéro de série;Type;Nombre;Expiration;Fournisseur;Statut;Commentaires
Habitus - 6 postes;Commune;Habitus;HB-77-01;OEM;6;2027-12-31;Alpha Informatique SA;En production;
GeoLac réseau;Commune;GeoLac;GL-9;Site;2;2026-06-30;Delta Carto Sàrl;En production;À revoir
Fiduce annuel;Commune;Fiduce;FD-3;Abonnement;4;;Alpha Informatique SA;Archivé;
""",
    "outils",
    {
        "Nom": A_VOUS, "Entité": A_VOUS, "Logiciel": "nom", "Numéro de série": A_VOUS,
        "Type": A_VOUS, "Nombre": A_VOUS, "Expiration": "echeance", "Fournisseur": "prestataire",
        "Statut": "statut", "Commentaires": "remarques",
    },
    {
        ("Habitus", "echeance"): "31.12.2027", ("Habitus", "statut"): "En service",
        ("Fiduce", "statut"): "Arrêté",
    },
)  # fmt: skip

GLPI_FOURNISSEURS = ListeDEssai(
    "glpi-fournisseurs",
    """
Nom;Entité;Type de tiers;Téléphone;Fax;Site Web;Courriel;Adresse;Code postal;Ville;Pays;Commentaires
Alpha Informatique SA;Commune;Éditeur;021 555 01 01;;alpha.example;aide@alpha.example;Rue du Lac 1;1000;Valmarin;Suisse;
Delta Carto Sàrl;Commune;Fournisseur;+41 21 555 01 02;;delta.example;info@delta.example;Chemin Vert 2;1001;Belcombe;Suisse;Cartes
Omega Cloud Inc.;Commune;Hébergeur;;;omega.example;help@omega.example;Main Street 3;90001;Springfield;États-Unis;
""",
    "prestataires",
    {
        "Nom": "nom", "Entité": A_VOUS, "Type de tiers": A_VOUS, "Téléphone": "telephone_urgence",
        "Fax": LAISSER, "Site Web": A_VOUS, "Courriel": "courriel", "Adresse": A_VOUS,
        "Code postal": A_VOUS, "Ville": A_VOUS, "Pays": "siege", "Commentaires": "remarques",
    },
    {
        ("Omega Cloud Inc.", "siege"): "États-Unis",
        ("Delta Carto Sàrl", "telephone_urgence"): "+41 21 555 01 02",
    },
    "cp1252",
)  # fmt: skip

GLPI_CONTRATS = ListeDEssai(
    "glpi-contrats",
    """
Nom;Numéro;Type de contrat;Date de début;Durée initiale;Préavis;Date de fin;Coût annuel;Fournisseur;Renouvellement
Habitus;C-01;Maintenance;01/01/2024;36 mois;3 mois;31/12/2026;4800;Alpha Informatique SA;Tacite
GeoLac;C-02;Licence;15/03/2025;12 mois;1 mois;14/03/2026;1'250.50;Delta Carto Sàrl;Express
Fiduce;C-03;Abonnement;01/07/2025;;;;990;Alpha Informatique SA;Jamais
""",
    "outils",
    {
        "Nom": "nom", "Numéro": A_VOUS, "Type de contrat": A_VOUS, "Date de début": A_VOUS,
        "Durée initiale": A_VOUS, "Préavis": "delai_resiliation", "Date de fin": "echeance",
        "Coût annuel": "cout_annuel", "Fournisseur": "prestataire",
        "Renouvellement": "renouvellement",
    },
    {
        ("Habitus", "echeance"): "31.12.2026", ("Habitus", "delai_resiliation"): "3",
        ("GeoLac", "cout_annuel"): "1'250.50", ("Habitus", "renouvellement"): "Tacite",
        ("Fiduce", "renouvellement"): "Jamais",
    },
)  # fmt: skip

SNIPE_IT_LICENCES = ListeDEssai(
    "snipe-it-licenses",
    """
Company,License Name,Product Key,Expiration Date,Licensed to Email,Licensed to Name,Manufacturer,Supplier,Category,Total,Avail,Purchase Date,Termination Date,Purchase Cost,Depreciation,Notes
Valmarin,Habitus,AAAA-1,12/31/2027,greffe@valmarin.example,Anne Exemple,Alpha Informatique SA,Beta Revente SA,Accounting,6,0,01/15/2024,,4800.00,,"Deux lignes,
une note"
Valmarin,GeoLac,BBBB-2,06/30/2026,,,Delta Carto Sàrl,Beta Revente SA,GIS,2,1,03/15/2025,,1250.50,,
Valmarin,Fiduce,CCCC-3,02/01/2026,,,Alpha Informatique SA,,Finance,4,0,07/01/2025,11/30/2026,990.00,,
""",
    "outils",
    {
        "Company": A_VOUS, "License Name": "nom", "Product Key": A_VOUS,
        "Expiration Date": "echeance", "Licensed to Email": A_VOUS, "Licensed to Name": A_VOUS,
        "Manufacturer": "autre_prestataire", "Supplier": "prestataire", "Category": "domaine",
        "Total": A_VOUS, "Avail": A_VOUS, "Purchase Date": A_VOUS,
        "Termination Date": "arrete_le", "Purchase Cost": A_VOUS, "Depreciation": LAISSER,
        "Notes": "remarques",
    },
    {
        ("Habitus", "echeance"): "31.12.2027", ("Fiduce", "echeance"): "01.02.2026",
        ("Fiduce", "arrete_le"): "30.11.2026", ("Fiduce", "domaine"): "Comptabilité et finances",
        ("GeoLac", "domaine"): "Constructions et territoire",
    },
)  # fmt: skip

MERCATOR_APPLICATIONS = ListeDEssai(
    "mercator-applications",
    """
name\tdescription\tresponsible\teditor\ttype\ttechnology\texternal\tusers\tinstall_date\tupdate_date\tsecurity_need_c\trto
Habitus\tRegistre des habitants\tAnne Exemple\tAlpha Informatique SA\tprogiciel\tclient-serveur\tInterne\t6\t2024-01-15\t2026-02-01\t3\t24
GeoLac\tCartes et cadastre\tPaul Exemple\tDelta Carto Sàrl\tweb\tSaaS\tExterne\t2\t2025-03-15\t2026-01-10\t1\t72
Fiduce\tComptes de la commune\tAnne Exemple\tAlpha Informatique SA\tprogiciel\tclient-serveur\tInterne\t4\t2025-07-01\t2026-03-01\t2\t48
""",
    "outils",
    {
        "name": "nom", "description": "utilite", "responsible": "responsable", "editor": "prestataire",
        "type": A_VOUS, "technology": A_VOUS, "external": A_VOUS, "users": A_VOUS,
        "install_date": "en_service_depuis", "update_date": A_VOUS, "security_need_c": A_VOUS,
        "rto": A_VOUS,
    },
    {("GeoLac", "en_service_depuis"): "15.03.2025"},
    "utf-16",
)  # fmt: skip

MERCATOR_ENTITES = ListeDEssai(
    "mercator-entites",
    """
Nom,Description,Type d'entité,Externe,Niveau de sécurité,Point de contact
Alpha Informatique SA,Logiciels de gestion communale,Éditeur,Oui,Contrat,support@alpha.example
Delta Carto Sàrl,Système d'information du territoire,Prestataire,Oui,,info@delta.example
Omega Cloud Inc.,Hébergement,Hébergeur,Oui,ISO 27001,help@omega.example
""",
    "prestataires",
    {
        "Nom": "nom", "Description": "prestation", "Type d'entité": A_VOUS, "Externe": A_VOUS,
        "Niveau de sécurité": A_VOUS, "Point de contact": "contact",
    },
)  # fmt: skip

PRESTATAIRE = ListeDEssai(
    "inventaire-prestataire",
    """
Alpha Informatique SA;;;;;;;;;
Inventaire des services, état au 30.09.2026;;;;;;;;;
;;;;;;;;;
Service;Description;Hébergement;Sauvegarde;Fin de contrat;Préavis (mois);Reconduction;Montant annuel (CHF);MFA;Mot de passe admin
Habitus;Registre des habitants;Datacenter en Suisse;Par le prestataire;31.12.2026;6;Tacite;4'800.00;Oui;Lac-2026!
Messagerie;Courrier et agendas;Irlande;Par le prestataire;30.06.2027;3;Automatique;2'160.-;Non;
Sauvegarde externe;Copies hors site;Suisse;Testée;31.12.2027;3;Tacite;CHF 960;Oui;

Total;;;;;;;7'920.00;;
* prix hors TVA, sauf mention contraire;;;;;;;;;
""",
    "outils",
    {
        "Service": "nom", "Description": "utilite", "Hébergement": "lieu_donnees",
        "Sauvegarde": "sauvegarde", "Fin de contrat": "echeance",
        "Préavis (mois)": "delai_resiliation", "Reconduction": "renouvellement",
        "Montant annuel (CHF)": "cout_annuel", "MFA": "double_authentification",
        "Mot de passe admin": LAISSER,
    },
    {
        ("Messagerie", "lieu_donnees"): "UE/EEE", ("Habitus", "lieu_donnees"): "Suisse",
        ("Messagerie", "cout_annuel"): "2160", ("Habitus", "double_authentification"): "Oui",
        ("Messagerie", "double_authentification"): "Aucune",
        ("Sauvegarde externe", "sauvegarde"): "Restauration testée",
    },
    "cp1252",
)  # fmt: skip

BOURSIER = ListeDEssai(
    "boursier",
    """
COMMUNE DE VALMARIN;;;;;
Contrats informatiques - budget 2027;;;;;
;;;;;
Logiciel;Fournisseur;N° de contrat;Échéance;Prix annuel;Compte
LOGICIELS MÉTIER;;;;;
Habitus;Alpha Informatique SA;2024-11;31 décembre 2026;4800;022.3158
Fiduce;Alpha Informatique SA;2025-07;;990;022.3158

DIVERS;;;;;
GeoLac;Delta Carto Sàrl;2025-03;14.3.2026;1250,50;790.3158
Total général;;;;7040,50;
""",
    "outils",
    {
        "Logiciel": "nom", "Fournisseur": "prestataire", "N° de contrat": A_VOUS,
        "Échéance": "echeance", "Prix annuel": "cout_annuel", "Compte": A_VOUS,
    },
    {
        ("Habitus", "echeance"): "31.12.2026", ("GeoLac", "cout_annuel"): "1'250.50",
        ("GeoLac", "Groupe"): "DIVERS", ("Fiduce", "Groupe"): "LOGICIELS MÉTIER",
    },
    "mac_roman",
)  # fmt: skip

REGION = ListeDEssai(
    "inventaire-numerique-communal",
    """
sep=;
Outil;Fournisseur;Hébergement;Criticité;Dépendance;Données sensibles
Habitus;Alpha Informatique SA;Suisse;élevée;Forte;Oui
GeoLac;Delta Carto Sàrl;Suisse;moyenne;Moyenne;Non
Fiduce;Interne;Serveur communal;indispensable;Totale;Inconnu
""",
    "outils",
    {
        "Outil": "nom", "Fournisseur": "prestataire", "Hébergement": "lieu_donnees",
        "Criticité": "criticite", "Dépendance": "remplacement",
        "Données sensibles": "donnees_personnelles",
    },
    {
        ("Habitus", "criticite"): "Indispensable", ("GeoLac", "criticite"): "Important",
        ("Habitus", "donnees_personnelles"): "Sensibles",
        ("GeoLac", "donnees_personnelles"): "Non",
        ("Fiduce", "donnees_personnelles"): "À clarifier",
        ("Fiduce", "lieu_donnees"): "Locaux de la commune",
        ("Fiduce", "remplacement"): "Très difficile",
    },
)  # fmt: skip

ALLEMANDE = ListeDEssai(
    "softwareliste",
    """
Anwendung|Lieferant|Zweck|Kategorie|Datenstandort|Vertragsende|Kündigungsfrist (Monate)|Jährliche Kosten (CHF)|Verantwortlich|Bemerkungen
Habitus|Alpha Informatique SA|Einwohnerregister führen|Einwohnerkontrolle|Schweiz|31.12.2026|6|4'800|A. Muster|
GeoLac|Delta Carto Sàrl|Pläne und Kataster|GIS|Schweiz|14.03.2026|1|1'250.50|P. Muster|wird geprüft
Fiduce|Alpha Informatique SA|Buchhaltung der Gemeinde|Buchhaltung|Vor Ort|30.06.2027|3|990|A. Muster|
""",
    "outils",
    {
        "Anwendung": "nom", "Lieferant": "prestataire", "Zweck": "utilite", "Kategorie": "domaine",
        "Datenstandort": "lieu_donnees", "Vertragsende": "echeance",
        "Kündigungsfrist (Monate)": "delai_resiliation", "Jährliche Kosten (CHF)": "cout_annuel",
        "Verantwortlich": "responsable", "Bemerkungen": "remarques",
    },
    {
        ("Habitus", "domaine"): "Contrôle des habitants",
        ("Fiduce", "lieu_donnees"): "Locaux de la commune", ("Habitus", "cout_annuel"): "4800",
    },
)  # fmt: skip

SOUS_TRAITANTS = ListeDEssai(
    "registre-des-sous-traitants",
    """
Sous-traitant,Finalité du traitement,Pays,DPA signé,Contact e-mail,N° TVA
Alpha Informatique SA,Tenue du registre des habitants,Suisse,Oui,aide@alpha.example,CHE-123.456.788
Omega Cloud Inc.,Hébergement du courrier,USA,Non,help@omega.example,
Delta Carto Sàrl,Cartes,Suisse,En attente,info@delta.example,
""",
    "prestataires",
    {
        "Sous-traitant": "nom", "Finalité du traitement": "prestation", "Pays": "siege",
        "DPA signé": "clauses", "Contact e-mail": "courriel", "N° TVA": "ide",
    },
    {
        ("Alpha Informatique SA", "clauses"): "Clauses signées",
        ("Omega Cloud Inc.", "clauses"): "Absentes", ("Omega Cloud Inc.", "siege"): "États-Unis",
        ("Delta Carto Sàrl", "clauses"): "Demandées",
    },
)  # fmt: skip

ITALIENNE = ListeDEssai(
    "elenco-applicazioni",
    """
Applicazione;Fornitore;Descrizione;Scadenza contratto;Costo annuo;Stato;Osservazioni
Habitus;Alpha Informatique SA;Registro abitanti;31.12.2026;4800;Attivo;
GeoLac;Delta Carto Sàrl;Piani;14.03.2026;1250.50;Attivo;da verificare
Fiduce;Alpha Informatique SA;Contabilità;30.06.2027;990;Dismesso;
""",
    "outils",
    {
        "Applicazione": "nom", "Fornitore": "prestataire", "Descrizione": "utilite",
        "Scadenza contratto": "echeance", "Costo annuo": "cout_annuel", "Stato": "statut",
        "Osservazioni": "remarques",
    },
    {("Fiduce", "statut"): "Arrêté", ("Habitus", "statut"): "En service"},
    "cp850",
)  # fmt: skip

SERVICENOW = ListeDEssai(
    "servicenow-applications",
    """
"Number","Name","Business criticality","Operational status","Vendor","Owned by","Short description","Install type","Contract end","Annual cost (CHF)","Notice period"
"APM1","Habitus","1 - most critical","Operational","Alpha Informatique SA","A. Exemple","Residents","On premise","2027-12-31","12'400.00","6 months"
"APM2","GeoLac","2 - somewhat critical","Operational","Delta Carto Sàrl","P. Exemple","Maps","Cloud","2026-06-30","8'900.00","3 months"
"APM3","Fiduce","4 - not critical","Retired","","P. Exemple","Accounts","On premise","","0",""
""",
    "outils",
    {
        "Number": A_VOUS, "Name": "nom", "Business criticality": "criticite",
        "Operational status": "statut", "Vendor": "prestataire", "Owned by": "responsable",
        "Short description": "utilite", "Install type": A_VOUS, "Contract end": "echeance",
        "Annual cost (CHF)": "cout_annuel", "Notice period": "delai_resiliation",
    },
    {
        ("Habitus", "criticite"): "Indispensable", ("GeoLac", "criticite"): "Important",
        ("Fiduce", "criticite"): "Accessoire", ("Fiduce", "statut"): "Arrêté",
        ("Habitus", "statut"): "En service", ("GeoLac", "delai_resiliation"): "3",
    },
    "utf-8-sig",
)  # fmt: skip

SECRETAIRE = ListeDEssai(
    "excel-de-la-secretaire",
    """
Inventaire informatique de la commune|||||||
Mis à jour par le secrétariat|||||||
|||||||
Quoi|À quoi ça sert|Chez qui|Combien par an CHF|Jusqu'à quand|Résiliation à respecter|Où sont les données ?|Notes
Habitus|Registre des habitants|Alpha Informatique SA|4'800.-|31.12.2027|6 mois|Suisse|
GeoLac|Cartes|Delta Carto Sàrl|1'900.-||3 Monate|Unione europea|à renégocier
Fiduce|Comptes|Alpha Informatique SA|990|30.6.27||Suisse|
Total|||7'690.-||||
""",
    "outils",
    {
        "Quoi": "nom", "À quoi ça sert": "utilite", "Chez qui": "prestataire",
        "Combien par an CHF": "cout_annuel", "Jusqu'à quand": "echeance",
        "Résiliation à respecter": "delai_resiliation", "Où sont les données ?": "lieu_donnees",
        "Notes": "remarques",
    },
    {
        ("Habitus", "cout_annuel"): "4800", ("GeoLac", "delai_resiliation"): "3",
        ("GeoLac", "lieu_donnees"): "UE/EEE", ("Fiduce", "echeance"): "30.06.2027",
    },
    "cp1252",
)  # fmt: skip

I_DOIT = ListeDEssai(
    "i-doit",
    """
Titel;Kategorie;Hersteller;Lieferant;Version;Kosten;Vertragsende;Kündigungsfrist;Verantwortlicher;Beschreibung;Zustand
Abacus;Buchhaltung;Gamma Research AG;Beta Treuhand AG;2024;4'800.00;31. Dezember 2026;3 Monate;Hans Muster;Buchhaltung der Gemeinde;in Betrieb
NEST;Finanzen;Delta AG;Delta AG;23;12'000.00;30-Jun-27;6 Monate;Rita Muster;Steuern;in Betrieb
Dialog;Einwohnerkontrolle;Omega AG;Omega AG;9;6'000.00;;;;Einwohner;ausser Betrieb
""",
    "outils",
    {
        "Titel": "nom", "Kategorie": "domaine", "Hersteller": "autre_prestataire",
        "Lieferant": "prestataire", "Version": A_VOUS, "Kosten": A_VOUS,
        "Vertragsende": "echeance", "Kündigungsfrist": "delai_resiliation",
        "Verantwortlicher": "responsable", "Beschreibung": "utilite", "Zustand": "statut",
    },
    {
        ("Abacus", "echeance"): "31.12.2026", ("NEST", "echeance"): "30.06.2027",
        ("Dialog", "statut"): "Arrêté", ("Dialog", "domaine"): "Contrôle des habitants",
    },
    "cp1252",
)  # fmt: skip

DOLIBARR_TIERS = ListeDEssai(
    "dolibarr-tiers",
    """
"Nom du tiers","Nom alternatif","Code fournisseur","Adresse","Pays","Téléphone","Email","Numéro de TVA","Note (publique)"
"Alpha Informatique SA","","SU2401-001","Rue du Lac 1","Suisse","+41 21 555 01 01","info@alpha.example","CHE-123.456.788 TVA",""
"Delta Carto Sàrl","Delta","SU2401-002","Ch. Vert 2","Suisse","021 555 01 02","","","Cartes"
"Omega Cloud Inc.","","SU2401-003","Main Street 3","États-Unis","","help@omega.example","",""
""",
    "prestataires",
    {
        "Nom du tiers": "nom", "Nom alternatif": A_VOUS, "Code fournisseur": A_VOUS,
        "Adresse": A_VOUS, "Pays": "siege", "Téléphone": "telephone_urgence", "Email": "courriel",
        "Numéro de TVA": "ide", "Note (publique)": "remarques",
    },
    {("Omega Cloud Inc.", "siege"): "États-Unis"},
    "utf-8-sig",
)  # fmt: skip

REGISTRE_LPD = ListeDEssai(
    "registre-des-activites-de-traitement",
    """
Registre des activités de traitement (art. 12 LPD);;;;;;;
;;;;;;;
N°;Activité de traitement;Finalité;Catégories de personnes;Données sensibles;Logiciel utilisé;Sous-traitant;Pays de stockage
1;Contrôle des habitants;Tenue du registre;Habitants;Oui;Habitus;Alpha Informatique SA;Suisse
2;Plans;Aménagement;Propriétaires;Non;GeoLac;Delta Carto Sàrl;Autriche
3;Comptes;Comptabilité;Fournisseurs;Non;Fiduce;Alpha Informatique SA;Suisse
""",
    "outils",
    {
        "N°": A_VOUS, "Activité de traitement": A_VOUS, "Finalité": "utilite",
        "Catégories de personnes": A_VOUS, "Données sensibles": "donnees_personnelles",
        "Logiciel utilisé": "nom", "Sous-traitant": "prestataire",
        "Pays de stockage": "lieu_donnees",
    },
    {
        ("Habitus", "donnees_personnelles"): "Sensibles", ("GeoLac", "lieu_donnees"): "UE/EEE",
    },
    "cp1252",
)  # fmt: skip

ABONNEMENTS = ListeDEssai(
    "abonnements",
    """
Abonnement (nom du service);Payé à;Combien par mois (CHF);Combien par année (CHF);Renouvelé automatiquement ?;Prochaine échéance;Peut-on récupérer nos données ?;Plan B
Habitus;Alpha Informatique SA;15;180;oui;01.05.2027;prévu au contrat;papier
GeoLac;Delta Carto Sàrl;;240;non;31.12.2026;non;
Fiduce;Alpha Informatique SA;9.90;118.80;oui;12.08.2027;;tableur

Liste tenue par le greffe;;;;;;;
""",
    "outils",
    {
        "Abonnement (nom du service)": "nom", "Payé à": "prestataire",
        "Combien par mois (CHF)": A_VOUS, "Combien par année (CHF)": "cout_annuel",
        "Renouvelé automatiquement ?": "renouvellement", "Prochaine échéance": "echeance",
        "Peut-on récupérer nos données ?": "recuperation", "Plan B": "repli",
    },
    {
        ("Habitus", "renouvellement"): "Tacite", ("GeoLac", "recuperation"): "Non prévue",
        ("Habitus", "recuperation"): "Prévue au contrat", ("Fiduce", "cout_annuel"): "118.80",
    },
)  # fmt: skip

ISO_27001 = ListeDEssai(
    "asset-register",
    """
Asset name,Asset type,Asset owner,Supplier,Information classification,Business impact if unavailable,Backup in place?,Hosted in,Contract renewal
Habitus,Application,A. Exemple,Alpha Informatique SA,Sensitive personal data,High,Yes,Switzerland,2027-12-31
GeoLac,SaaS,P. Exemple,Delta Carto Sàrl,Personal data,Low,No,Canada,2027-05-01
Fiduce,Application,A. Exemple,Alpha Informatique SA,None,Medium,Yes,Germany,2026-12-31
""",
    "outils",
    {
        "Asset name": "nom", "Asset type": A_VOUS, "Asset owner": "responsable",
        "Supplier": "prestataire", "Information classification": "donnees_personnelles",
        "Business impact if unavailable": "criticite", "Backup in place?": "sauvegarde",
        "Hosted in": "lieu_donnees", "Contract renewal": "echeance",
    },
    {
        ("Habitus", "donnees_personnelles"): "Sensibles", ("GeoLac", "sauvegarde"): "Aucune",
        ("GeoLac", "lieu_donnees"): "Autre pays", ("Habitus", "echeance"): "31.12.2027",
    },
)  # fmt: skip

LISTES = (
    GLPI_LOGICIELS, GLPI_LICENCES, GLPI_FOURNISSEURS, GLPI_CONTRATS, SNIPE_IT_LICENCES,
    MERCATOR_APPLICATIONS, MERCATOR_ENTITES, PRESTATAIRE, BOURSIER, REGION, ALLEMANDE,
    SOUS_TRAITANTS, ITALIENNE, SERVICENOW, SECRETAIRE, I_DOIT, DOLIBARR_TIERS,
    REGISTRE_LPD, ABONNEMENTS, ISO_27001,
)  # fmt: skip

GLPI_ORDINATEURS = """
Nom;Entité;Statut;Fabricant;Numéro de série;Type;Modèle;Système d'exploitation - Nom;Lieu;Dernière modification;Composants - Processeur
PC-001;Commune;En production;Dell;8XK2;Portable;Latitude 5530;Windows 11;Greffe;2026-05-02;Intel
PC-002;Commune;En production;HP;9YZ1;Poste fixe;EliteDesk;Windows 11;Bourse;2026-05-02;Intel
"""
SNIPE_IT_ACTIFS = """
Asset Name,Asset Tag,Serial,Model,Model No.,Category,Status,Checked Out To,Location,Manufacturer,Supplier,Purchase Date,Purchase Cost,Warranty
Greffe 1,A-1,S-77,Latitude,5530,Laptop,Ready to Deploy,Anne Exemple,Greffe,Dell,Beta Revente SA,01/15/2024,1200.00,36
Bourse 1,A-2,S-78,EliteDesk,800,Desktop,Ready to Deploy,,Bourse,HP,Beta Revente SA,03/15/2025,900.00,36
"""
EXCEL_DE_PARC = """
Parc informatique 2026;;;;
;;;;
Type d'appareil;Marque;N° de série;Attribué à;Date d'achat
Ordinateur portable;Dell;8XK2;Greffe;15.01.2024
Écran;HP;9YZ1;Bourse;15.03.2025
Imprimante;Brother;7AA1;Guichet;02.02.2023
"""
APPAREILS = {
    "glpi-ordinateurs": GLPI_ORDINATEURS,
    "snipe-it-assets": SNIPE_IT_ACTIFS,
    "parc": EXCEL_DE_PARC,
}
