// Accessibilité des pages HTML, dans un vrai Chromium : axe-core sans violation, et aucune page qui
// défile de côté, à l'écran, à 200 % et au téléphone.
//
//   NODE_PATH=DOSSIER/node_modules node accessibilite.mjs CHROMIUM page.html…
//
// Demande puppeteer-core et axe-core (npm). Sort en 1 à la première faute, après les avoir dites.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const exiger = createRequire(process.env.NODE_PATH + "/");
const puppeteer = exiger("puppeteer-core");
const axe = readFileSync(exiger.resolve("axe-core/axe.min.js"), "utf8");

const LARGEURS = { ecran: 1280, "200 %": 640, telephone: 360, "400 %": 320 };
const [chromium, ...pages] = process.argv.slice(2);
const navigateur = await puppeteer.launch({
  executablePath: chromium,
  args: ["--no-sandbox", "--disable-gpu"],
});
let fautes = 0;
const dire = (phrase) => {
  fautes += 1;
  console.error(phrase);
};

for (const page of pages) {
  const onglet = await navigateur.newPage();
  onglet.on("request", (demande) => {
    if (!demande.url().startsWith("file:")) dire(`${page} : demande ${demande.url()}`);
  });
  for (const [nom, width] of Object.entries(LARGEURS)) {
    await onglet.setViewport({ width, height: 900 });
    await onglet.goto(pathToFileURL(resolve(page)).href);
    const depasse = await onglet.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (depasse > 0) dire(`${page}, ${nom} : la page déborde de ${depasse} px`);
    await onglet.evaluate(axe);
    const { violations } = await onglet.evaluate(() => globalThis.axe.run());
    for (const { id, help, nodes } of violations) {
      dire(`${page}, ${nom} : ${id}, ${help} (${nodes.length} fois : ${nodes[0].html})`);
    }
  }
  await onglet.close();
}
await navigateur.close();
console.log(`${pages.length} page(s), ${fautes} faute(s).`);
process.exit(fautes ? 1 : 0);
