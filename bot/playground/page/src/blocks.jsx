// Draws blocks: what only shows goes to the renderer, what a person uses has its own controls.
import { useId } from "preact/hooks";
import { Button, Overflow } from "./buttons.jsx";
import { Input } from "./inputs.jsx";
import { Draw, Mrkdwn } from "./text.jsx";

// `use(block, element, value)` acts; `form` holds what a modal's inputs contain and their errors.
export function Blocks({ blocks, use, form }) {
  return blocks.map((block) => <Block key={block.block_id} {...{ block, use, form }} />);
}

function Block({ block, use, form }) {
  const Own = OWN[block.type];
  if (Own) return <Own {...{ block, use, form }} />;
  return (
    <div class={`block ${block.type}`}>
      <Draw block={block} />
    </div>
  );
}

function Section({ block, use, form }) {
  const { accessory, ...words } = block;
  if (!accessory) return <Plain block={words} />;
  return (
    <div class={`block section with-accessory ${accessory.type}`}>
      <div class="section-words">
        <Draw block={words} />
      </div>
      <div class="accessory">
        <Element block={block} element={accessory} {...{ use, form }} />
      </div>
    </div>
  );
}

const Plain = ({ block }) => (
  <div class={`block ${block.type}`}>
    <Draw block={block} />
  </div>
);

function Actions({ block, use, form, elements = block.elements }) {
  return (
    <div class="block actions">
      {elements.map((element) => (
        <Element key={element.action_id} {...{ block, element, use, form }} />
      ))}
    </div>
  );
}

function Element({ block, element, use, form }) {
  const act = (value) => use(block, element, value);
  if (element.type === "image") {
    return <img class="thumb" src={element.image_url} alt={element.alt_text} />;
  }
  if (element.type === "button") return <Button element={element} use={act} />;
  if (element.type === "overflow") return <Overflow element={element} use={act} />;
  if (element.type === "feedback_buttons") return <Feedback element={element} use={act} />;
  if (element.type === "icon_button") return <Button element={element} use={act} />;
  return <Input element={element} put={act} start={form?.value(block, element)} />;
}

const Feedback = ({ element, use }) => (
  <>
    <Button element={element.positive_button} use={use} />
    <Button element={element.negative_button} use={use} />
  </>
);

// An input block: label, control, hint and what is wrong with it, tied together for screen readers.
function Field({ block, use, form }) {
  const id = useId();
  const { element, label, hint, optional, dispatch_action } = block;
  const error = form?.errors[block.block_id];
  const about = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const put = (value) => {
    form?.put(block, element, value);
    if (dispatch_action || !form) use(block, element, value);
  };
  const field = {
    id,
    now: Boolean(form),
    "aria-labelledby": `${id}-label`,
    "aria-describedby": about || undefined,
    "aria-invalid": error ? "true" : undefined,
    "aria-required": optional ? undefined : "true",
  };
  return (
    <div class={`block input ${error ? "wrong" : ""}`} data-block={block.block_id}>
      <label id={`${id}-label`} for={id}>
        {label.text}
        {optional && <span class="optional"> (optional)</span>}
      </label>
      <Input element={element} field={field} put={put} start={form?.value(block, element)} />
      {error && (
        <p class="field-error" id={`${id}-error`}>
          <span aria-hidden="true">⚠ </span>
          {error}
        </p>
      )}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint.text}
        </p>
      )}
    </div>
  );
}

const LEVELS = { error: "alert", warning: "alert" };

const Alert = ({ block }) => (
  <div class={`block alert ${block.level ?? "default"}`} role={LEVELS[block.level] ?? "status"}>
    <Mrkdwn text={block.text} />
  </div>
);

function Card({ block, use, form }) {
  const { title, subtitle, body, subtext, hero_image, icon, actions } = block;
  return (
    <div class="block card">
      {hero_image && <img class="hero" src={hero_image.image_url} alt={hero_image.alt_text} />}
      <div class="card-head">
        {icon && <img class="thumb" src={icon.image_url} alt={icon.alt_text} />}
        <div>
          {title && <div class="card-title"><Mrkdwn text={title} /></div>}
          {subtitle && <div class="card-sub"><Mrkdwn text={subtitle} /></div>}
        </div>
      </div>
      {body && <Mrkdwn text={body} />}
      {subtext && <div class="card-sub"><Mrkdwn text={subtext} /></div>}
      {actions && <Actions {...{ block, use, form }} elements={actions} />}
    </div>
  );
}

// Cells are plain text, which the renderer would read as markdown ("#" for a heading).
function Table({ block }) {
  const [head, ...rows] = block.rows;
  return (
    <div class="block table" tabIndex={0} role="region" aria-label="Table">
      <table>
        <thead>
          <tr>{head.map((cell, at) => <th key={at} scope="col"><Cell cell={cell} /></th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={column} class={look(cell, block.column_settings?.[column])}>
                  <Cell cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ cell }) {
  if (cell.type === "rich_text") return <Draw block={cell} />;
  return cell.text ?? String(cell.value ?? "");
}

const look = (cell, settings) =>
  [
    cell.type === "raw_number" && "number",
    settings?.align,
    settings && settings.is_wrapped === false && "narrow",
  ]
    .filter(Boolean)
    .join(" ");

const Carousel = ({ block, use, form }) => (
  <div class="block carousel">
    <Blocks blocks={keyed(block.elements)} {...{ use, form }} />
  </div>
);

function Container({ block, use, form }) {
  const inside = <Blocks blocks={keyed(block.child_blocks)} {...{ use, form }} />;
  const title = block.title?.text ?? "";
  if (!block.is_collapsible) {
    return (
      <section class="block container" aria-label={title}>
        <strong>{title}</strong>
        {inside}
      </section>
    );
  }
  return (
    <details class="block container" open={!block.default_collapsed}>
      <summary>{title}</summary>
      {inside}
    </details>
  );
}

const keyed = (blocks) => blocks.map((b, n) => (b.block_id ? b : { ...b, block_id: `n${n}` }));

const OWN = {
  section: Section,
  actions: Actions,
  context_actions: Actions,
  input: Field,
  alert: Alert,
  table: Table,
  card: Card,
  carousel: Carousel,
  container: Container,
};
