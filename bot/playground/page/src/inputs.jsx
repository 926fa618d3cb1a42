// Own native controls for everything in which a person chooses or enters something.
import { useContext, useRef } from "preact/hooks";
import { useConfirmed } from "./buttons.jsx";
import { People } from "./text.jsx";

const WRITTEN = {
  plain_text_input: "text",
  number_input: "text",
  email_text_input: "email",
  url_text_input: "url",
  rich_text_input: "text",
};
const PICKERS = {
  datepicker: { type: "date", initial: "initial_date" },
  timepicker: { type: "time", initial: "initial_time" },
};

// `start` is what was entered before; undefined means untouched.
export function Input({ element, start, put, field = {} }) {
  const [ask, dialog] = useConfirmed(element, put);
  const kind = element.type;
  let control;
  if (kind in WRITTEN) control = <Written {...{ element, start, put, field }} />;
  else if (kind in PICKERS) control = <Picker {...{ element, start, put: ask, field }} />;
  else if (kind === "datetimepicker") control = <Moment {...{ element, start, put: ask, field }} />;
  else if (kind === "radio_buttons") control = <Radios {...{ element, start, put: ask, field }} />;
  else if (kind === "checkboxes" || kind.startsWith("multi_"))
    control = <Checks {...{ element, start, put: ask, field }} />;
  else control = <Select {...{ element, start, put: ask, field }} />;
  return (
    <>
      {control}
      {dialog}
    </>
  );
}

function Written({ element, start, put, field }) {
  const common = {
    ...field,
    "data-focus": element.focus_on_load ? "" : undefined,
    defaultValue: start ?? element.initial_value ?? "",
    placeholder: element.placeholder?.text,
    onInput: (event) => put(event.currentTarget.value),
  };
  if (element.multiline || element.type === "rich_text_input") {
    return <textarea class="field" rows={4} {...common} />;
  }
  const numeric = element.type === "number_input" ? { inputMode: "decimal" } : {};
  return <input class="field" type={WRITTEN[element.type]} {...numeric} {...common} />;
}

function Picker({ element, start, put, field }) {
  const { type, initial } = PICKERS[element.type];
  const waiting = useRef();
  const value = start ?? element[initial] ?? "";
  // A date typed by keyboard changes with every digit; it counts when the typing pauses.
  const settle = (event) => {
    const entered = event.currentTarget.value || null;
    clearTimeout(waiting.current);
    if (entered !== value && plausible(type, entered)) {
      waiting.current = setTimeout(() => put(entered), field.now ? 0 : 500);
    }
  };
  const { now, ...rest } = field;
  return (
    <input
      class="field short"
      type={type}
      aria-label={element.placeholder?.text}
      {...rest}
      defaultValue={value}
      data-focus={element.focus_on_load ? "" : undefined}
      onChange={settle}
      onInput={settle}
    />
  );
}

const plausible = (type, entered) => type !== "date" || !entered || entered >= "1900";

function Moment({ element, start, put, field }) {
  const { now, ...rest } = field;
  const initial = start ?? element.initial_date_time;
  return (
    <input
      class="field short"
      type="datetime-local"
      aria-label="Date and time"
      {...rest}
      defaultValue={initial ? localMoment(initial) : ""}
      onChange={(event) => put(seconds(event.currentTarget.value))}
    />
  );
}

const seconds = (text) => (text ? Math.round(new Date(text).getTime() / 1000) : null);

function localMoment(unix) {
  const at = new Date(unix * 1000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const INITIAL = {
  users_select: "initial_user",
  channels_select: "initial_channel",
  conversations_select: "initial_conversation",
};

function Select({ element, start, put, field }) {
  const { now, ...rest } = field;
  const options = useOptions(element);
  const initial = element.initial_option?.value ?? element[INITIAL[element.type]] ?? "";
  return (
    <select
      class="field short"
      aria-label={element.placeholder?.text ?? "Choose an option"}
      {...rest}
      data-focus={element.focus_on_load ? "" : undefined}
      onChange={(event) => put(event.currentTarget.value || null)}
    >
      <option value="">{element.placeholder?.text ?? "Choose an option"}</option>
      {element.option_groups
        ? element.option_groups.map((group) => (
            <optgroup label={group.label.text} key={group.label.text}>
              {group.options.map((option) => one(option, start ?? initial))}
            </optgroup>
          ))
        : options.map((option) => one(option, start ?? initial))}
    </select>
  );
}

const one = (option, chosen) => (
  <option value={option.value} key={option.value} selected={option.value === chosen}>
    {option.text.text}
  </option>
);

function Radios({ element, start, put, field }) {
  const { now, id, ...rest } = field;
  const chosen = start ?? element.initial_option?.value;
  return (
    <div class="choices" role="radiogroup" aria-label="Options" {...rest} id={id}>
      {element.options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={`${id ?? ""}${element.action_id}`}
            defaultChecked={option.value === chosen}
            onChange={() => put(option.value)}
          />
          <Words option={option} />
        </label>
      ))}
    </div>
  );
}

function Checks({ element, start, put, field }) {
  const { now, id, ...rest } = field;
  const box = useRef();
  const options = useOptions(element);
  const ids = (element.initial_options ?? []).map((option) => option.value);
  const chosen = start ?? element.initial_users ?? element.initial_conversations ?? ids;
  const gather = () =>
    put([...box.current.querySelectorAll("input:checked")].map((input) => input.value));
  return (
    <div class="choices scroll" role="group" aria-label="Options" {...rest} id={id} ref={box}>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="checkbox"
            value={option.value}
            defaultChecked={chosen.includes(option.value)}
            onChange={gather}
          />
          <Words option={option} />
        </label>
      ))}
    </div>
  );
}

const Words = ({ option }) => (
  <span>
    {option.text.text}
    {option.description && <small>{option.description.text}</small>}
  </span>
);

function useOptions(element) {
  const { users, channels } = useContext(People);
  const named = (id, text) => ({ value: id, text: { text } });
  if (element.type.includes("users_select")) return users.map((u) => named(u.id, u.name));
  if (/conversations_select|channels_select/.test(element.type)) {
    return channels.map((c) => named(c.id, `#${c.name}`));
  }
  const grouped = (element.option_groups ?? []).flatMap((group) => group.options);
  return [...(element.options ?? []), ...grouped];
}
