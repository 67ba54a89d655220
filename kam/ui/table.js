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

  const table = make("table");
  table.setAttribute("aria-label", data.label);
  const head = make("thead");
  const top = make("tr");
  data.columns.forEach((column) => top.append(heading(column)));
  head.append(top);
  const body = make("tbody");
  data.rows.forEach((row) => {
    const line = make("tr");
    row.forEach((cell, at) => line.append(drawn(cell, data.columns[at])));
    body.append(line);
  });
  table.append(head, body);
  if (data.totals) {
    const foot = make("tfoot");
    const line = make("tr");
    data.totals.forEach((cell, at) => line.append(drawn(cell, data.columns[at])));
    foot.append(line);
    table.append(foot);
  }
  root.replaceChildren(table);
}
