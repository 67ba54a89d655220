// A text area sends its words when it is left; whoever types for ten minutes and loses the browser would lose them.
// So after a pause in typing this presses Ctrl+Enter, which a text area takes as "send what stands here".
export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.getRootNode();
  const place = (root.host || parentElement).closest(`.st-key-${data.place}`);
  if (!place || place.isKeptTyping) return;
  place.isKeptTyping = true;
  const waiting = new WeakMap();
  const typed = (event) => {
    const field = event.target;
    if (field.tagName !== "TEXTAREA" || event.isComposing) return;
    clearTimeout(waiting.get(field));
    waiting.set(field, setTimeout(() => {
      const press = { key: "Enter", code: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
      field.dispatchEvent(new KeyboardEvent("keydown", press));
    }, data.pause));
  };
  place.addEventListener("input", typed);
  place.addEventListener("compositionend", typed);
}
