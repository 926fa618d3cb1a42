// An open modal: its inputs, its errors at the fields, and what the person does with it.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Blocks } from "./blocks.jsx";
import { Dialog } from "./dialog.jsx";

export function View({ view, act }) {
  const entered = useRef({});
  const body = useRef();
  const [errors, setErrors] = useState({});
  const [busy, setBusy] = useState(false);

  useLayoutEffect(() => {
    const wrong = body.current?.querySelector("[aria-invalid=true]");
    (wrong?.querySelector("input") ?? wrong)?.focus();
  }, [errors]);

  // A form often opens empty and is filled a moment later: the focus then goes to its first field.
  const hasFields = view.blocks.some((block) => block.type === "input");
  useLayoutEffect(() => {
    if (hasFields && !body.current.contains(document.activeElement)) {
      (body.current.querySelector("[data-focus]") ?? body.current.querySelector(FIELD))?.focus();
    }
  }, [hasFields]);

  const form = {
    errors,
    value: (block, element) => entered.current[block.block_id]?.[element.action_id],
    put: (block, element, value) => {
      (entered.current[block.block_id] ??= {})[element.action_id] = value;
    },
  };
  const use = (block, element, value) => {
    if (element.type !== "button" && element.type !== "overflow") form.put(block, element, value);
    const { block_id } = block;
    const { action_id } = element;
    return act("click", { on: view, block_id, action_id, value, entered: entered.current });
  };
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    const reply = await act("submit", { view, entered: values(view, entered.current) });
    setBusy(false);
    setErrors(reply.errors ?? {});
  };
  const close = () => act("close", { view });

  return (
    <Dialog title={view.title.text} onClose={close}>
      <form onSubmit={submit} noValidate>
        <div class="modal-body" ref={body}>
          <Blocks blocks={view.blocks} use={use} form={form} />
        </div>
        <footer class="modal-foot">
          <button type="button" class="btn" onClick={close}>
            {view.close?.text ?? (view.submit ? "Cancel" : "Close")}
          </button>
          {view.submit && (
            <button type="submit" class="btn primary" aria-busy={busy} disabled={view.submit_disabled}>
              {view.submit.text}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}

const FIELD = ".input :is(input, select, textarea)";

// What was entered in inputs that the modal still shows, by block.
function values(view, entered) {
  const shown = new Set(view.blocks.map((block) => block.block_id));
  return Object.fromEntries(Object.entries(entered).filter(([block]) => shown.has(block)));
}
