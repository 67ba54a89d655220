// What a mark is and how much, beneath the pointer or at the keyboard's focus; tables in the order of a column. Nothing else.
(() => {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("role", "status");
  document.body.append(tip);
  const hide = () => { tip.hidden = true; };
  const tell = (words, x, y) => {
    tip.textContent = words;
    tip.hidden = false;
    const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    tip.style.left = `${Math.max(8, Math.min(x + 12, room))}px`;
    tip.style.top = `${Math.max(8, y - tip.offsetHeight - 12)}px`;
  };

  for (const title of document.querySelectorAll("figure svg title")) {
    const mark = title.parentElement;
    const words = title.textContent;
    title.remove();
    mark.setAttribute("aria-label", words);
    mark.setAttribute("tabindex", "0");
    mark.addEventListener("pointermove", (event) => tell(words, event.clientX, event.clientY));
    mark.addEventListener("pointerdown", (event) => tell(words, event.clientX, event.clientY));
    mark.addEventListener("pointerleave", hide);
    mark.addEventListener("focus", () => { const at = mark.getBoundingClientRect(); tell(words, at.right, at.top); });
    mark.addEventListener("blur", hide);
  }

  for (const line of document.querySelectorAll("figure svg polyline[data-tells]")) {
    const tells = line.dataset.tells.split("|");
    const svg = line.ownerSVGElement;
    const points = [...line.points];
    const dot = document.createElementNS(svg.namespaceURI, "circle");
    dot.setAttribute("r", "4");
    dot.setAttribute("fill", line.getAttribute("stroke"));
    svg.addEventListener("pointermove", (event) => {
      if (event.target.getAttribute("aria-label")) { dot.remove(); return; }
      const scale = svg.getScreenCTM();
      const x = (event.clientX - scale.e) / scale.a;
      let at = 0;
      points.forEach((point, place) => { if (Math.abs(point.x - x) < Math.abs(points[at].x - x)) at = place; });
      dot.setAttribute("cx", points[at].x);
      dot.setAttribute("cy", points[at].y);
      svg.append(dot);
      tell(tells[at], points[at].x * scale.a + scale.e, points[at].y * scale.d + scale.f);
    });
    svg.addEventListener("pointerleave", () => { dot.remove(); hide(); });
  }

  const worth = (cell) => {
    const text = cell.textContent.trim();
    if (text === "\u2013") return null;
    if (/^\d{1,2} \p{L}{3} \d{4}$/u.test(text)) return Date.parse(text);
    if (!cell.classList.contains("number")) return text;
    const number = parseFloat(text.replace(/\u2212/g, "-").replace(/[^0-9.-]/g, ""));
    return Number.isNaN(number) ? null : number;
  };
  for (const table of document.querySelectorAll("main table")) {
    const body = table.tBodies[0];
    if (body.rows.length < 2) continue;
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...body.rows].map((row) => [worth(row.cells[column]), row]);
        rows.sort(([a], [b]) => {
          if (a === null || b === null) return (a === null) - (b === null);
          const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
          return down ? -order : order;
        });
        body.append(...rows.map(([, row]) => row));
      });
    });
  }
})();
