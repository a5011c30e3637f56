{
    demarrer() {},
    pieces: async () => Object.fromEntries(@@noms@@.map((nom) => [nom, $(`piece-${nom}`).textContent])),
    pdf: $("piece-typst") && (async () => $("piece-typst").textContent),
  }
