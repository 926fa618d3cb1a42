// Buttons, the overflow menu and the question "are you sure?", as a person uses them.
import { useEffect, useRef, useState } from "preact/hooks";
import { Dialog } from "./dialog.jsx";
import { Mrkdwn } from "./text.jsx";

// Runs `use` after the confirmation that the element asks for, if it asks for one.
export function useConfirmed(element, use) {
  const [waiting, setWaiting] = useState(null);
  const confirm = element.confirm;
  const ask = (...given) => (confirm ? setWaiting(given) : use(...given));
  const dialog = waiting && (
    <Dialog title={confirm.title.text} onClose={() => setWaiting(null)} small>
      <div class="modal-body">
        <Mrkdwn text={confirm.text} />
      </div>
      <footer class="modal-foot">
        <button type="button" class="btn" onClick={() => setWaiting(null)}>
          {confirm.deny.text}
        </button>
        <button
          type="button"
          class={`btn ${confirm.style === "danger" ? "danger-solid" : "primary"}`}
          onClick={() => {
            setWaiting(null);
            use(...waiting);
          }}
        >
          {confirm.confirm.text}
        </button>
      </footer>
    </Dialog>
  );
  return [ask, dialog];
}

export function Button({ element, use }) {
  const [busy, setBusy] = useState(false);
  const alive = useRef(true);
  useEffect(() => () => void (alive.current = false), []);
  const press = async () => {
    if (element.url) window.open(element.url, "_blank", "noopener");
    setBusy(true);
    await use(element.value);
    if (alive.current) setBusy(false);
  };
  const [ask, dialog] = useConfirmed(element, press);
  return (
    <>
      <button
        type="button"
        class={`btn ${element.style ?? ""}`}
        aria-label={element.accessibility_label}
        aria-busy={busy}
        onClick={() => !busy && ask()}
      >
        {element.text.text}
      </button>
      {dialog}
    </>
  );
}

export function Overflow({ element, use, label = "More actions" }) {
  const [open, setOpen] = useState(false);
  const box = useRef();
  const opener = useRef();
  const [ask, dialog] = useConfirmed(element, use);
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  useEffect(() => {
    if (!open) return;
    const menu = box.current.querySelector("[role=menu]");
    menu.classList.toggle("leftward", menu.getBoundingClientRect().right > innerWidth);
    menu.classList.toggle("up", menu.getBoundingClientRect().bottom > floor(box.current));
    menu.querySelector("[role=menuitem]").focus();
    const outside = (event) => box.current?.contains(event.target) || setOpen(false);
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  const choose = (option) => {
    close();
    if (option.url) window.open(option.url, "_blank", "noopener");
    ask(option.value);
  };
  return (
    <span class="overflow" ref={box} onKeyDown={(event) => open && steer(event, box.current, close)}>
      <button
        ref={opener}
        type="button"
        class="btn icon"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={label}
        onClick={() => setOpen(!open)}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      {open && (
        <div class="menu" role="menu">
          {element.options.map((option) => (
            <button type="button" role="menuitem" key={option.value} onClick={() => choose(option)}>
              {option.text.text}
              {option.description && <small>{option.description.text}</small>}
            </button>
          ))}
        </div>
      )}
      {dialog}
    </span>
  );
}

const floor = (box) =>
  (box.closest(".messages, .home, .modal-body") ?? document.body).getBoundingClientRect().bottom;

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

function steer(event, box, close) {
  if (event.key === "Escape" || event.key === "Tab") close();
  if (event.key === "Escape") event.preventDefault();
  if (!(event.key in STEPS)) return;
  event.preventDefault();
  const items = [...box.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  items.at((at + STEPS[event.key]) % items.length).focus();
}
