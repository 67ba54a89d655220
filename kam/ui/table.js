// Draws the rows that the server cut. Text from data is only ever set as textContent.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".table");
  const make = (tag, className, text) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  };

  const heading = (column) => {
    const node = make("th", column.n ? "n" : "");
    node.scope = "col";
    if (column.h) node.title = column.h;
    if (!column.o) {
      node.textContent = column.l;
      return node;
    }
    const sorted = data.sort && data.sort[0] === column.k;
    const button = make("button", sorted ? "sorted" : "", column.l);
    button.type = "button";
    if (sorted) {
      node.setAttribute("aria-sort", data.sort[1] ? "descending" : "ascending");
      button.append(make("span", "arrow", data.sort[1] ? "\u00a0\u2193" : "\u00a0\u2191"));
    }
    button.onclick = () => setTriggerValue("sorted", [column.k, sorted ? !data.sort[1] : column.n]);
    node.append(button);
    return node;
  };

  const content = (cell) => {
    if (cell.a === undefined) return document.createTextNode(cell.t);
    const link = make("a", "", cell.t);
    link.href = cell.a;
    link.onclick = (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      setTriggerValue("opened", cell.r);
    };
    return link;
  };

  const drawn = (cell, column, tag = "td") => {
    const node = make(tag, [column.w, cell.m ? "m" : "", cell.e ? "e" : "", cell.x ? "x" : ""].join(" ").trim());
    if (cell.s) {
      const mark = make("span", `state ${cell.s}`);
      mark.append(make("span", "shape", cell.g), document.createTextNode("\u00a0"), content(cell));
      node.append(mark);
    } else {
      node.append(content(cell));
    }
    if (cell.e) node.title = data.estimated;
    if (cell.h) node.title = cell.h;
    return node;
  };

  // Check boxes stand in the first cell, so that they stay in sight where the table is scrolled sideways.
  const boxes = [];
  const box = (name, isTicked) => {
    const node = make("input", "tick");
    node.type = "checkbox";
    node.checked = isTicked;
    node.setAttribute("aria-label", name);
    return node;
  };
  const tell = () => setTriggerValue("ticked", boxes.filter((node) => node.checked).map((node) => node.dataset.id));
  const ticking = (cell, at) => {
    const node = box(data.rows[at][0].t, data.ticked.includes(data.ids[at]));
    node.dataset.id = data.ids[at];
    node.onchange = tell;
    boxes.push(node);
    cell.prepend(node);
  };
  const tickingAll = (cell) => {
    const node = box(data.tick_all, boxes.length > 0 && boxes.every((other) => other.checked));
    node.dataset.id = "*";
    node.title = data.tick_all;
    node.onchange = () => {
      boxes.forEach((other) => { other.checked = node.checked; });
      tell();
    };
    cell.prepend(node);
  };
  const focused = root.getRootNode().activeElement?.dataset?.id;

  const table = make("table");
  table.setAttribute("aria-label", data.label);
  const head = make("thead");
  const top = make("tr");
  data.columns.forEach((column) => top.append(heading(column)));
  head.append(top);
  const body = make("tbody");
  data.rows.forEach((row, number) => {
    const line = make("tr");
    row.forEach((cell, at) => line.append(drawn(cell, data.columns[at])));
    if (data.ids) ticking(line.firstChild, number);
    body.append(line);
  });
  if (data.ids) tickingAll(top.firstChild);
  table.append(head, body);
  if (data.totals) {
    const foot = make("tfoot");
    const line = make("tr");
    data.totals.forEach((cell, at) => line.append(drawn(cell, data.columns[at])));
    foot.append(line);
    table.append(foot);
  }
  root.replaceChildren(table);
  // The keyboard stays where it was when the rows are drawn again.
  if (focused) [...root.querySelectorAll(".tick")].find((node) => node.dataset.id === focused)?.focus();
}
