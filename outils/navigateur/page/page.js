"use strict";
(() => {
  const $ = (nom) => document.getElementById(nom);
  const MANQUE =
    typeof WebAssembly !== "object" || typeof DecompressionStream !== "function" ||
    typeof Worker !== "function" || !Blob.prototype.stream || !Blob.prototype.text;
  if (MANQUE) return; // la phrase du début reste, et dit pourquoi

  const PDF_AILLEURS =
    "Le PDF demande l’autre page, « pilotage-pdf.html », au même endroit que celle-ci.";
  const MORT =
    "Le programme s’est arrêté net, sans doute faute de mémoire. Il se remet en route ; vos classeurs sont toujours là.";

  const PIECE_PERDUE = "Une pièce de cette page ne vient pas de son site.";

  // --- Dire ---------------------------------------------------------------------------------------
  // Ni guillemet, ni point-virgule seul au bout ou au début d'une ligne.
  const typographier = (texte) => texte.replace(/ (?=[;:!?»])/g, "\u00a0").replace(/« /g, "«\u00a0");
  const creer = (nom, attributs = {}, ...enfants) => {
    const element = document.createElement(nom);
    for (const [cle, valeur] of Object.entries(attributs)) {
      if (cle === "texte") element.textContent = typographier(valeur);
      else if (typeof valeur === "function") element.addEventListener(cle, valeur);
      else if (valeur !== false && valeur !== null) element.setAttribute(cle, valeur === true ? "" : valeur);
    }
    element.append(...enfants);
    return element;
  };
  const vider = (element) => element.replaceChildren();
  const dire = (phrase) => { $("etat").textContent = typographier(phrase); };
  const refuser = (phrases) => {
    $("refus").hidden = phrases.length === 0;
    $("refus").replaceChildren(...phrases.map((phrase) => creer("p", { texte: phrase })));
  };
  const avancer = (part) => {
    $("avance").hidden = part === null;
    if (part === undefined) $("avance").removeAttribute("value");
    else if (part !== null) $("avance").value = part;
  };
  const peser = (octets) => {
    if (octets < 1000) return `${octets} octets`;
    const [nombre, unite] = octets < 1e6 ? [octets / 1e3, "ko"] : [octets / 1e6, "Mo"];
    return `${nombre < 10 ? nombre.toFixed(1).replace(".", ",") : Math.round(nombre)}\u00a0${unite}`;
  };
  const deux = (nombre) => String(nombre).padStart(2, "0");
  const aujourdhui = () => {
    const j = new Date();
    return `${j.getFullYear()}-${deux(j.getMonth() + 1)}-${deux(j.getDate())}`;
  };
  const instant = () => {
    const j = new Date();
    const ecart = -j.getTimezoneOffset();
    const fuseau = `${ecart < 0 ? "-" : "+"}${deux(Math.floor(Math.abs(ecart) / 60))}:${deux(Math.abs(ecart) % 60)}`;
    return `${$("au").value || aujourdhui()}T${deux(j.getHours())}:${deux(j.getMinutes())}:${deux(j.getSeconds())}${fuseau}`;
  };

  const enOctets = ({ textContent }) => Uint8Array.fromBase64
    ? Uint8Array.fromBase64(textContent)
    : Uint8Array.from(atob(textContent), (signe) => signe.charCodeAt(0));
  async function demanderLaPiece(adresse) {
    const reponse = await fetch(adresse).catch(() => null);
    if (!reponse || !reponse.ok) throw new Error(`${PIECE_PERDUE} Vérifiez le réseau, puis recommencez.`);
    return reponse.blob();
  }

  // --- L'ouvrier ----------------------------------------------------------------------------------
  const depart = @@depart@@;
  const source = URL.createObjectURL(new Blob([$("ouvrier").textContent], { type: "text/javascript" }));
  let ouvrier = null;
  let pret = null;
  let rang = 0;
  let pdf = null; // la promesse du moteur des PDF, une fois demandé
  const attentes = new Map();
  let conge = null; // la promesse, toujours rompue, du congé de cet ouvrier
  let rompre = null;

  // Ce qu'on attend d'un ouvrier congédié ne viendra plus, et ne va pas à celui qui le remplace.
  const tantQuIlEstLa = (promesse) => Promise.race([promesse, conge]);
  function demander(travail, donnees) {
    return tantQuIlEstLa(new Promise((oui) => {
      attentes.set(++rang, oui);
      ouvrier.postMessage({ rang, travail, donnees });
    }));
  }
  function congedier(phrase) {
    ouvrier.onmessage = ouvrier.onerror = ouvrier.onmessageerror = null; // ce qu'il dit encore ne compte plus
    ouvrier.terminate();
    pdf = null;
    attentes.clear();
    rompre(new Error(phrase));
  }
  function recevoirDeLOuvrier({ data }) {
    if ("mort" in data) return relancer(MORT);
    if ("part" in data) {
      avancer(data.part);
      if (!attentes.size) dire(data.mots);
      return undefined;
    }
    const attente = attentes.get(data.rang);
    attentes.delete(data.rang);
    if (attente) attente(data.valeur);
    return undefined;
  }
  let morts = 0;
  function relancer(phrase) {
    congedier(phrase);
    morts += 1;
    if (morts > 5) {
      avancer(null);
      dire("Ce navigateur n’arrive pas à préparer cette page. Fermez d’autres onglets, puis ouvrez-la de nouveau.");
      return;
    }
    embaucher();
  }
  // Sans ses pièces (un site qui ne répond plus), recommencer ne servirait à rien.
  function manquer(faute) {
    avancer(null);
    dire(`${PIECE_PERDUE} Vérifiez le réseau, puis ouvrez-la de nouveau.`);
    throw faute;
  }
  function embaucher() {
    ouvrier = new Worker(source);
    conge = new Promise((_, non) => { rompre = non; });
    conge.catch(() => {}); // personne n'attend peut-être
    ouvrier.onmessage = recevoirDeLOuvrier;
    ouvrier.onerror = (evenement) => { evenement.preventDefault(); relancer(MORT); };
    ouvrier.onmessageerror = () => relancer(MORT);
    dire("Préparation…");
    avancer(0);
    pret = tantQuIlEstLa(depart.pieces().catch(manquer)).then((pieces) => demander("demarrer", { pieces }));
    pret.then(seDresser, () => {});
  }

  // --- Les classeurs déposés ----------------------------------------------------------------------
  let classeurs = []; // { nom, octets, pris }
  let annonce = null;
  let controles = [];

  const pris = () => classeurs.filter((classeur) => classeur.pris);
  const memes = (un, autre) => un.length === autre.length && un.every((octet, rang) => octet === autre[rang]);

  async function recevoir(fichiers) {
    const neufs = [];
    const refuses = [];
    await pret.catch(() => {});
    for (const fichier of fichiers) {
      if (annonce && fichier.size > annonce.taille_max) {
        refuses.push(`${fichier.name} pèse ${peser(fichier.size)} : c’est plus que n’en porte le classeur d’une commune, et que n’en lit cette page. Vérifiez que c’est le bon fichier.`);
        continue;
      }
      try {
        neufs.push({ nom: fichier.name, octets: new Uint8Array(await fichier.arrayBuffer()), pris: true });
      } catch {
        refuses.push(`${fichier.name} ne se lit pas : fermez-le dans votre tableur, puis redéposez-le ; d’un dossier, déposez les fichiers.`);
      }
    }
    if (neufs.length) {
      for (const classeur of classeurs) classeur.pris = false;
      for (const neuf of neufs) ajouter(neuf, neufs);
      classeurs = [...classeurs.filter((ancien) => !neufs.includes(ancien) && !neufs.some((neuf) => neuf.nom === ancien.nom)), ...neufs];
      await controler();
    }
    if (refuses.length) refuser(refuses);
    montrerLesClasseurs();
  }
  // Deux fichiers du même nom, déposés ensemble, gardent chacun le leur.
  function ajouter(neuf, parmi) {
    const tronc = neuf.nom.replace(/(\.[^.]*)?$/, "");
    const fin = neuf.nom.slice(tronc.length);
    let compte = 1;
    while (parmi.some((autre) => autre !== neuf && autre.nom === neuf.nom)) neuf.nom = `${tronc} (${++compte})${fin}`;
  }
  function montrerLesClasseurs() {
    const liste = $("deposes").querySelector("ul");
    $("deposes").hidden = classeurs.length === 0;
    liste.replaceChildren(...classeurs.map((classeur, place) => {
      const id = `classeur-${place}`;
      const cocher = ({ target }) => { classeur.pris = target.checked; controler(); };
      const oter = () => { classeurs = classeurs.filter((autre) => autre !== classeur); montrerLesClasseurs(); controler(); $("choix").focus(); };
      const case_ = creer("input", { type: "checkbox", id, change: cocher });
      case_.checked = classeur.pris;
      return creer("li", {},
        creer("label", { for: id }, case_, ` ${classeur.nom}`),
        creer("span", { class: "taille", texte: peser(classeur.octets.length) }),
        creer("button", { type: "button", click: oter, "aria-label": `Ôter ${classeur.nom}`, texte: "Ôter" }));
    }));
    montrerLesGestes();
  }

  // --- Les gestes ---------------------------------------------------------------------------------
  let occupe = false;

  async function jouer(geste, reponses = {}, apercu = false) {
    refuser([]);
    occupe = true;
    montrerLesGestes();
    $("arreter").hidden = false;
    avancer(undefined);
    try {
      await tantQuIlEstLa(pret);
      if (reponses.pdf) await brancherLePdf();
      dire(`${geste.titre}…`);
      avancer(undefined);
      const donnees = {
        geste: geste.id, reponses, apercu, au: $("au").value || aujourdhui(), instant: instant(),
        classeurs: pris().map(({ nom, octets }) => [nom, octets]),
      };
      const rendu = await demander("jouer", donnees);
      morts = 0;
      refuser(rendu.refus);
      dire(rendu.refus.length ? "Rien n’a été écrit." : rendu.phrases.length === 1 ? rendu.phrases[0] : `${geste.titre} : c’est prêt.`);
      return rendu.refus.length ? null : rendu;
    } catch (faute) {
      refuser([faute.message]);
      return null;
    } finally {
      occupe = false;
      $("arreter").hidden = true;
      if (attentes.size === 0) avancer(null);
      montrerLesGestes();
    }
  }
  async function brancherLePdf() {
    if (!depart.pdf) throw new Error(PDF_AILLEURS);
    dire("Le moteur des PDF se prépare…");
    pdf ??= tantQuIlEstLa(depart.pdf()).then((piece) => demander("brancherLePdf", { piece }));
    await pdf.catch((faute) => { pdf = null; throw faute; });
  }
  async function controler() {
    fermerLeTravail();
    if (!pris().length) {
      $("bilan").hidden = $("vue").hidden = true;
      controles = [];
      montrerLesGestes();
      return;
    }
    await pret.catch(() => {});
    const rendu = await jouer(trouver("verifier"));
    if (!rendu) return;
    controles = rendu.faits.classeurs;
    vider($("remarques"));
    montrerLeBilan();
    await montrer(rendu.page, Object.keys(rendu.fichiers)[0]);
    jeter((nom) => nom.endsWith(".controle.html"));
    produire(rendu.fichiers, false);
    const lus = controles.filter((un) => un.est_lisible).length;
    dire(controles.length > 1 ? `${lus} classeurs contrôlés sur ${controles.length}.` : `${controles[0].nom} ${lus ? "est contrôlé" : "n’est pas lu"}.`);
    document.body.dataset.controles = String(Number(document.body.dataset.controles || 0) + 1);
    montrerLesGestes();
  }
  // Ce qui suit : la phrase, et les gestes qui le font.
  const SUITES = {
    refus: ["Ce fichier ne se lit pas comme un classeur : le détail dit pourquoi, et que faire. Si c’est une liste d’outils ou de prestataires, elle peut en devenir un.", "importer"],
    annoter: ["Corrigez dans votre classeur, la copie annotée sous les yeux.", "annoter"],
    corriger: ["Ce qui ne fait aucun doute se répare sur une copie ; avant et après se montrent d’abord.", "corriger"],
    redeposer: ["Redéposez ici le classeur corrigé."],
    retirer: ["C’est une copie annotée : corrigez dans votre classeur, ou ôtez d’ici ses annotations.", "retirer"],
    rapport: ["Rien à corriger : le rapport de l’année peut se faire, puis le brouillon du courriel.", "rapport", "courriel"],
  };
  function montrerLeBilan() {
    const fait = controles.flatMap((un) => un.est_lisible
      ? (controles.length > 1 ? [`${un.titre} : ${un.fait[0]}`] : [un.titre, ...un.fait])
      : [`${un.nom} : pas lu.`]);
    $("fait").replaceChildren(...fait.map((phrase) => creer("li", { texte: phrase })));
    $("bilan").hidden = false;
  }
  function montrerLaSuite() {
    const suite = [...new Set(controles.flatMap((un) => un.suite))];
    $("suite").replaceChildren(...suite.map((nom) => {
      const [phrase, ...noms] = SUITES[nom];
      const boutons = noms.map(trouver).filter(sePeut).map((geste) => offrir(geste, "suite"));
      return creer("li", { texte: phrase }, ...(boutons.length ? [creer("div", { class: "boutons" }, ...boutons)] : []));
    }));
  }
  async function montrer(octets, nom) {
    if (!octets) return;
    $("vue").hidden = false;
    $("titre-vue").textContent = `Le détail : ${nom}`;
    const cadre = $("page");
    const montree = new Promise((suite) => cadre.addEventListener("load", suite, { once: true }));
    cadre.srcdoc = new TextDecoder().decode(octets);
    await montree;
    ajuster(cadre);
  }
  async function revoir(octets, nom) {
    await montrer(octets, nom);
    $("titre-vue").focus();
  }
  function ajuster(cadre) {
    const racine = cadre.contentDocument && cadre.contentDocument.documentElement;
    cadre.style.height = "";
    if (racine) cadre.style.height = `${racine.scrollHeight + 8}px`;
  }
  addEventListener("resize", () => ajuster($("page")));

  const trouver = (nom) => annonce.gestes.find(({ id }) => id === nom);
  const sePeut = ({ classeurs: [moins, plus] }) => plus === 0 || pris().length >= moins && pris().length <= plus;
  const ceQuIlFaut = ({ classeurs: [moins, plus] }) =>
    moins === 2 && plus === 2 ? "Avec deux classeurs cochés" : moins > 1 ? "Avec plusieurs classeurs cochés" :
      pris().length > 1 ? "Avec un seul classeur coché" : "Avec un classeur déposé";
  const offrir = (geste, lieu) => creer("button", {
    type: "button", id: `${lieu}-${geste.id}`, disabled: occupe, texte: geste.titre, click: () => ouvrirLeGeste(geste),
  });
  function grouper(gestes, selon) {
    const groupes = new Map();
    for (const geste of gestes) groupes.set(selon(geste), [...(groupes.get(selon(geste)) || []), geste]);
    return [...groupes];
  }
  function montrerLesGestes() {
    if (!annonce) return;
    const gestes = annonce.gestes.filter(({ groupe }) => groupe);
    const foyer = document.activeElement && document.activeElement.id;
    montrerLaSuite();
    $("gestes").replaceChildren(...grouper(gestes.filter(sePeut), ({ groupe }) => groupe).map(([nom, siens], place) => creer("section",
      { class: "groupe", "aria-labelledby": `groupe-${place}` },
      creer("h3", { id: `groupe-${place}`, texte: nom }),
      creer("ul", {}, ...siens.map((geste) => creer("li", {}, offrir(geste, "geste"), creer("p", { texte: geste.detail })))))));
    const autres = gestes.filter((geste) => !sePeut(geste));
    $("plus-tard").replaceChildren(...grouper(autres, ceQuIlFaut).map(([condition, siens]) =>
      creer("li", { texte: `${condition} : ${siens.map(({ titre }) => titre).join(" · ")}` })));
    $("choses").hidden = false;
    if (foyer && $(foyer) && $(foyer) !== document.activeElement) $(foyer).focus();
  }

  // --- Le travail en cours : des questions, un aperçu ---------------------------------------------
  function fermerLeTravail() { $("travail").hidden = true; vider($("questions")); }

  async function ouvrirLeGeste(geste) {
    fermerLeTravail();
    if (geste.apercu) return apercevoir(geste, {});
    if (!geste.questions.length) return rendre(geste, {});
    return presenter(geste, geste.questions.map(poser), "Préparer", repondre);
  }
  function presenter(geste, contenu, bouton, lire) {
    $("titre-travail").textContent = geste.titre;
    $("questions").replaceChildren(...contenu, creer("div", { class: "boutons" },
      ...(bouton ? [creer("button", { type: "submit", class: "premier", texte: bouton })] : []),
      creer("button", { type: "button", texte: bouton ? "Renoncer" : "Fermer", click: fermerLeTravail })));
    $("questions").onsubmit = (evenement) => { evenement.preventDefault(); rendre(geste, lire()); };
    $("travail").hidden = false;
    $("titre-travail").focus();
  }
  function poser(question) {
    const id = `q-${question.id}`;
    if (question.genre === "case" || question.genre === "pdf") {
      const case_ = creer("input", { type: "checkbox", id, name: question.id });
      const manque = question.genre === "pdf" && !depart.pdf;
      case_.disabled = manque;
      const note = manque ? [creer("span", { class: "petit second", id: `${id}-note`, texte: ` ${PDF_AILLEURS}` })] : [];
      if (manque) case_.setAttribute("aria-describedby", `${id}-note`);
      return creer("p", {}, case_, " ", creer("label", { for: id, texte: question.libelle }), ...note);
    }
    let champ;
    if (question.genre === "numero") {
      const numeros = controles.length === 1 && controles[0].numeros ? controles[0].numeros[question.parmi] || [] : [];
      champ = creer("select", { id, name: question.id }, ...numeros.map(([numero, dit]) => creer("option", { value: numero, texte: dit ? `${numero} : ${dit}` : numero })));
      champ.selectedIndex = numeros.length - 1;
    } else {
      const annee = question.genre === "annee";
      champ = creer("input", { type: "text", id, name: question.id, inputmode: annee ? "numeric" : "text", size: annee ? 6 : 30, autocomplete: "off" });
      if (annee) champ.value = String((controles.find((un) => un.annee) || {}).annee || aujourdhui().slice(0, 4));
    }
    return creer("p", {}, creer("label", { for: id, texte: `${question.libelle} ` }), champ);
  }
  function repondre() {
    const reponses = {};
    for (const champ of $("questions").elements) {
      if (!champ.name) continue;
      if (champ.name === "accepter") {
        if (champ.checked) reponses.accepter = [...(reponses.accepter || []), Number(champ.value)];
      } else reponses[champ.name] = champ.type === "checkbox" ? champ.checked : champ.value;
    }
    return reponses;
  }
  async function apercevoir(geste, reponses) {
    const rendu = await jouer(geste, reponses, true);
    if (!rendu) return;
    if (rendu.faits.colonnes) montrerLImport(geste, rendu);
    else montrerLaCorrection(geste, rendu.faits);
  }
  function montrerLaCorrection(geste, { reparations, propositions }) {
    const rien = !reparations.length && !propositions.length;
    dire(rien ? "Rien à réparer." : "Rien n’est encore écrit.");
    presenter(geste, [
      creer("p", { texte: reparations.length ? "Ce qui ne fait aucun doute, et sera réparé sur une copie :" : "Rien à réparer sans vous demander." }),
      ...(reparations.length ? [tableau(reparations)] : []),
      ...(propositions.length ? [choisir(propositions)] : []),
    ], rien ? "" : "Préparer la copie", repondre);
  }
  // Où va chaque colonne d'une liste. Changer un tableau ou une colonne refait ce qui en dépend.
  function montrerLImport(geste, { phrases, faits }) {
    dire("Rien n’est encore écrit.");
    const lignes = faits.colonnes.map(({ ligne }) => [...ligne]);
    const [TABLEAU, PLACE, COLONNE, VALEUR, VA, CONFIANCE, , POURQUOI, EXEMPLES] = lignes[0].keys();
    const refaire = async (changee, id) => {
      const depend = (autre) => autre[TABLEAU] === changee[TABLEAU] && autre !== changee &&
        (!changee[PLACE] || (autre[PLACE] === changee[PLACE] && autre[VALEUR]));
      await apercevoir(geste, { colonnes: lignes.filter((autre) => !depend(autre)) });
      if ($(id)) $(id).focus();
    };
    const poserLaLigne = ({ ligne, choix }, rang) => {
      const id = `va-${rang}`;
      const changer = ({ target }) => {
        lignes[rang][VA] = target.value;
        if (!ligne[VALEUR]) refaire(lignes[rang], id);
      };
      const champ = creer("select", { id, change: changer, "aria-describedby": `${id}-note` },
        ...choix.map(([valeur, texte]) => creer("option", { value: valeur, texte, selected: valeur === ligne[VA] })));
      const nom = ligne[VALEUR] ? `« ${ligne[VALEUR]} »` : ligne[PLACE] ? ligne[COLONNE] || `Colonne ${ligne[PLACE]}` : `Le tableau « ${ligne[TABLEAU]} »`;
      const raison = [ligne[CONFIANCE], ligne[POURQUOI]].filter(Boolean).join(", ");
      const note = ligne[EXEMPLES] ? `${raison}. Par exemple : ${ligne[EXEMPLES]}` : raison;
      return creer("li", { class: ligne[VALEUR] ? "valeur" : ligne[PLACE] ? "" : "tableau" },
        creer("label", { for: id, texte: nom }), champ, creer("span", { class: "note", id: `${id}-note`, texte: note }));
    };
    presenter(geste, [
      ...phrases.map((phrase) => creer("p", { texte: phrase })),
      creer("fieldset", { class: "liste" }, creer("legend", { texte: "Où va chaque colonne : corrigez ce qui n’est pas juste" }),
        creer("ul", {}, ...faits.colonnes.map(poserLaLigne))),
    ], "Préparer le classeur", () => ({ colonnes: lignes }));
  }
  function tableau(reparations) {
    const entete = ["Cellule", "Colonne", "Avant", "Après"].map((texte) => creer("th", { scope: "col", texte }));
    const lignes = reparations.map((une) => creer("tr", {}, ...[une.ou, une.libelle, une.avant, une.apres].map((texte) => creer("td", { texte }))));
    return creer("div", { class: "defile", tabindex: "0", role: "region", "aria-label": "Avant et après" },
      creer("table", {}, creer("thead", {}, creer("tr", {}, ...entete)), creer("tbody", {}, ...lignes)));
  }
  function choisir(propositions) {
    return creer("fieldset", { class: "liste" }, creer("legend", { texte: "À vous de choisir : ce qui est coché s’écrira aussi" }),
      creer("ul", {}, ...propositions.map(({ numero, avant, apres, ou }) => creer("li", {},
        creer("input", { type: "checkbox", name: "accepter", value: numero, id: `accepter-${numero}` }),
        creer("label", { for: `accepter-${numero}`, texte: `${avant} → ${apres}` }),
        creer("span", { class: "taille", texte: ou.length > 3 ? `${ou.slice(0, 3).join(", ")}…` : ou.join(", ") })))));
  }
  async function rendre(geste, reponses) {
    const rendu = await jouer(geste, reponses);
    if (!rendu) return;
    fermerLeTravail();
    const page = Object.keys(rendu.fichiers).find((nom) => nom.endsWith(".html"));
    await montrer(rendu.fichiers[page], page);
    const phrases = rendu.phrases.length > 1 ? rendu.phrases : [];
    $("remarques").replaceChildren(...phrases.map((phrase) => creer("li", { texte: phrase })));
    produire(rendu.fichiers, true);
    const noms = Object.keys(rendu.fichiers);
    if (noms.length === 1 && !rendu.phrases.length) dire(`${noms[0]} est enregistré, d’ordinaire dans vos téléchargements.`);
    document.body.dataset.rendus = String(Number(document.body.dataset.rendus || 0) + 1);
  }

  // --- Ce qui est prêt ----------------------------------------------------------------------------
  const TYPES = {
    html: "text/html", ics: "text/calendar", txt: "text/plain", pdf: "application/pdf", eml: "message/rfc822",
    xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  };
  function jeter(perime) {
    for (const pret of $("prets").querySelectorAll("li")) {
      if (perime(pret.dataset.nom)) { URL.revokeObjectURL(pret.dataset.lien); pret.remove(); }
    }
  }
  function produire(fichiers, tout) {
    const liste = $("prets");
    const noms = Object.keys(fichiers);
    jeter((nom) => noms.includes(nom));
    for (const nom of noms) {
      const type = TYPES[nom.split(".").pop()] || "application/octet-stream";
      const lien = URL.createObjectURL(new Blob([fichiers[nom]], { type }));
      liste.prepend(creer("li", { "data-nom": nom, "data-lien": lien, "data-octets": fichiers[nom].length },
        creer("span", { class: "nom", texte: nom }),
        creer("span", { class: "taille", texte: peser(fichiers[nom].length) }),
        ...(nom.endsWith(".html") ? [creer("button", { type: "button", "aria-label": `Voir ${nom}`, texte: "Voir", click: () => revoir(fichiers[nom], nom) })] : []),
        creer("a", { class: "bouton", href: lien, download: nom, "aria-label": `Enregistrer ${nom}`, texte: "Enregistrer" })));
    }
    $("produits").hidden = !liste.children.length;
    if (!tout || !noms.length) return;
    if (noms.length === 1) liste.querySelector("a").click();
    $("titre-produits").focus();
  }

  // --- Au départ ----------------------------------------------------------------------------------
  function seDresser(recue) {
    annonce = recue;
    $("choix").disabled = false;
    document.body.dataset.pret = String(Number(document.body.dataset.pret || 0) + 1);
    avancer(null);
    dire("Prêt.");
    montrerLesGestes();
  }
  $("choix").disabled = false;
  $("au").value = aujourdhui();
  $("au").addEventListener("change", () => { if (pris().length) controler(); });
  $("choix").addEventListener("change", ({ target }) => {
    const fichiers = [...target.files];
    target.value = ""; // le même fichier, choisi deux fois, se recontrôle
    if (fichiers.length) recevoir(fichiers);
  });
  $("arreter").addEventListener("click", () => { congedier("Arrêté : rien n’a été écrit."); embaucher(); });
  addEventListener("dragover", (evenement) => { evenement.preventDefault(); $("depot").classList.add("survole"); });
  addEventListener("dragleave", () => $("depot").classList.remove("survole"));
  addEventListener("drop", (evenement) => {
    evenement.preventDefault();
    $("depot").classList.remove("survole");
    const fichiers = [...evenement.dataTransfer.files];
    if (fichiers.length) recevoir(fichiers);
  });
  depart.demarrer();
  embaucher();
})();
