// Draws and removes the numbered mark of the illustrated guide. It stands in the browser's top layer, above any dialog,
// is hidden from screen readers, takes no click, and is styled by properties, which the page's policy allows.
"use strict";

(() => {
  if (window.fvRepere) return;
  const ID = "fv-repere";
  const COULEUR = "#b3261e";
  const MARGE = 4;
  const BULLE = 28;

  const habiller = (element, style) => Object.assign(element.style, style);

  // A choice is pressed on its words as much as on its button: the mark goes around both.
  const autour = (element) => {
    const boites = [element, ...(element.matches("[type=radio], [type=checkbox]") ? element.labels : [])]
      .map((partie) => partie.getBoundingClientRect());
    const [left, top] = ["left", "top"].map((bord) => Math.min(...boites.map((boite) => boite[bord])));
    const [right, bottom] = ["right", "bottom"].map((bord) => Math.max(...boites.map((boite) => boite[bord])));
    return { left, top, bottom, width: right - left, height: bottom - top };
  };

  window.fvRepere = {
    // Puts the element in the middle of the window unless it is whole in it already; says where it then is.
    poser: (element, numero) => {
      const avant = autour(element);
      if (avant.top < 0 || avant.bottom > innerHeight) element.scrollIntoView({ block: "center", behavior: "instant" });
      const boite = autour(element);
      const cadre = document.createElement("div");
      cadre.id = ID;
      cadre.setAttribute("popover", "manual");
      cadre.setAttribute("aria-hidden", "true");
      habiller(cadre, {
        position: "fixed", inset: "auto", margin: "0", padding: "0", overflow: "visible", background: "transparent",
        boxSizing: "border-box", pointerEvents: "none", border: `3px solid ${COULEUR}`, borderRadius: "8px",
        left: `${Math.max(boite.left - MARGE, 0)}px`, top: `${Math.max(boite.top - MARGE, 0)}px`,
        width: `${Math.min(boite.width + 2 * MARGE, innerWidth)}px`, height: `${boite.height + 2 * MARGE}px`,
      });
      const bulle = document.createElement("span");
      bulle.textContent = String(numero);
      habiller(bulle, {
        position: "absolute", left: `${boite.left < BULLE ? 0 : -BULLE / 2 - 2}px`,
        top: `${boite.top < BULLE ? 0 : -BULLE / 2 - 2}px`, width: `${BULLE}px`, height: `${BULLE}px`,
        borderRadius: "50%", background: COULEUR, color: "#fff", font: `700 16px/${BULLE}px sans-serif`,
        textAlign: "center", boxShadow: "0 0 0 2px #fff",
      });
      cadre.append(bulle);
      document.body.append(cadre);
      cadre.showPopover();
    },
    // Hiding the caret leaves empty style attributes behind, which the page's policy forbids to whoever copies the page.
    retirer: () => {
      document.getElementById(ID)?.remove();
      for (const element of document.querySelectorAll("[style='']")) element.removeAttribute("style");
    },
  };
})();
