// A modal dialog on the browser's own <dialog>: it keeps the focus inside and Esc closes it.
import { useId, useLayoutEffect, useRef } from "preact/hooks";

export function Dialog({ title, onClose, small = false, children }) {
  const dialog = useRef();
  const label = useId();
  useLayoutEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown.showModal();
    focusIn(shown);
    return () => {
      shown.close();
      giveFocusBack(before);
    };
  }, []);
  // What had the focus may be gone after an update: then nobody would hear the keys.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) focusIn(dialog.current);
  });
  return (
    <dialog
      ref={dialog}
      class={`modal ${small ? "small" : ""}`}
      aria-labelledby={label}
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <header class="modal-head">
        <h2 id={label}>{title}</h2>
        <button type="button" class="btn icon plain" aria-label="Close" onClick={onClose}>
          <span aria-hidden="true">✕</span>
        </button>
      </header>
      {children}
    </dialog>
  );
}

const focusIn = (dialog) =>
  (dialog.querySelector("[data-focus]") ?? dialog.querySelector(FIRST) ?? dialog).focus();

const FIRST = ".modal-body :is(input, select, textarea, button), .modal-foot button";

// What opened the dialog may have been replaced by what the dialog did.
function giveFocusBack(before) {
  requestAnimationFrame(() => {
    if (document.querySelector("dialog[open]")) return;
    const still = before?.isConnected && before !== document.body;
    (still ? before : document.querySelector(".composer textarea"))?.focus();
  });
}
