// Joue `preparer.py` dans Pyodide : lui seul sait compiler pour son Python.
//
//   node preparer.mjs PYODIDE SOURCES.zip NOMMES.txt ESSAIS.zip DOSSIER
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, sources, nommes, essais, sortie] = process.argv.slice(2).map((nom) => resolve(nom));
const { loadPyodide } = await import(pathToFileURL(join(pyodide, "pyodide.mjs")));
// Un grain fixe : deux constructions donnent les mêmes octets.
const py = await loadPyodide({ env: { PYTHONHASHSEED: "0", HOME: "/home/pyodide" } });
py.FS.writeFile("/sources.zip", readFileSync(sources));
py.FS.writeFile("/nommes.txt", readFileSync(nommes));
py.FS.writeFile("/essais.zip", readFileSync(essais));
py.FS.writeFile("/standard.zip", readFileSync(join(pyodide, "python_stdlib.zip")));
try {
  py.runPython(readFileSync(new URL("preparer.py", import.meta.url), "utf8"));
} catch (faute) {
  writeFileSync(process.stderr.fd, String(faute.message).trim().split("\n").slice(-3).join("\n"));
  process.exit(1);
}
for (const nom of ["standard.zip", "lots.bin", "trace.txt"]) {
  writeFileSync(join(sortie, nom), py.FS.readFile(`/sortie/${nom}`));
}
process.exit(0); // Pyodide garde la main
