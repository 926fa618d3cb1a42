// Where a person writes: Enter sends, Shift and Enter begins another line.
import { useEffect, useRef, useState } from "preact/hooks";

export function Composer({ label, send, hint, autoFocus = false, start = "", onCancel }) {
  const [text, setText] = useState(start);
  const [busy, setBusy] = useState(false);
  const area = useRef();

  useEffect(() => {
    if (autoFocus && !document.querySelector("dialog[open]")) area.current.focus();
  }, [autoFocus]);
  useEffect(() => {
    area.current.style.height = "auto";
    area.current.style.height = `${Math.min(area.current.scrollHeight, 200)}px`;
  }, [text]);

  const submit = async (event) => {
    event?.preventDefault();
    const said = text.trim();
    if (!said || busy) return;
    setText(start);
    setBusy(true);
    const reply = await send(said);
    setBusy(false);
    if (!reply.ok && !reply.trouble?.startsWith("Steward")) setText(said);
  };
  const key = (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
    if (event.key === "Escape" && onCancel) onCancel();
  };

  return (
    <form class="composer" onSubmit={submit}>
      <textarea
        ref={area}
        rows={1}
        value={text}
        aria-label={label}
        placeholder={label}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={key}
      />
      <div class="composer-foot">
        <span class="composer-hint">{hint}</span>
        {onCancel && (
          <button type="button" class="btn small" onClick={onCancel}>
            Cancel
          </button>
        )}
        <button type="submit" class="btn primary small send" disabled={!text.trim()}>
          Send
        </button>
      </div>
    </form>
  );
}
