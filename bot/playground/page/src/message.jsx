// One message as it is shown: who, when, its text or blocks, and who may see it.
import { memo } from "preact/compat";
import { useContext } from "preact/hooks";
import { Blocks } from "./blocks.jsx";
import { Overflow } from "./buttons.jsx";
import { Mrkdwn, People } from "./text.jsx";
import { clock, dateOf, full } from "./time.js";

export const Message = memo(function Message({ message, act, shortcuts = [] }) {
  const { users } = useContext(People);
  const author = users.find((user) => user.id === message.user);
  const use = (block, element, value) =>
    act("click", { on: here(message), block_id: block.block_id, action_id: element.action_id, value });
  const form = {
    errors: {},
    value: () => undefined,
    put: (block, element, value) =>
      act("enter", { on: here(message), block_id: block.block_id, action_id: element.action_id, value }),
  };
  return (
    <article class={`message ${message.is_ephemeral ? "hidden-to-others" : ""}`} data-ts={message.ts}>
      <Avatar user={author} />
      <div class="message-main">
        {message.is_ephemeral && (
          <p class="only-you">
            <span aria-hidden="true">◉ </span>Only visible to you
          </p>
        )}
        <header>
          <strong class="author">{author?.name ?? message.user}</strong>
          {message.bot_id && <span class="badge">App</span>}
          <time dateTime={dateOf(message.ts).toISOString()} title={full(message.ts)}>
            {clock(message.ts)}
          </time>
          {shortcuts.length > 0 && !message.is_ephemeral && (
            <Overflow
              label="Message actions"
              element={{ options: shortcuts.map(({ id, name }) => ({ value: id, text: { text: name } })) }}
              use={(id) => act("shortcut", { on: here(message), id })}
            />
          )}
        </header>
        <div class="message-body">
          {message.blocks?.length ? (
            <Blocks blocks={message.blocks} use={use} form={form} />
          ) : (
            <Mrkdwn text={message.text} />
          )}
        </div>
        {message.reactions?.length > 0 && (
          <ul class="reactions" aria-label="Reactions">
            {message.reactions.map((reaction) => (
              <li key={reaction.name}>
                <Mrkdwn text={`:${reaction.name}:`} /> {reaction.count}
              </li>
            ))}
          </ul>
        )}
      </div>
    </article>
  );
});

const here = ({ ts, channel }) => ({ ts, channel });

export function Avatar({ user, big = false }) {
  const name = user?.name ?? "?";
  const words = name.split(/[\s.]+/).filter(Boolean);
  const letters = user?.is_bot ? "S" : words.slice(0, 2).map((word) => word[0]).join("");
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7);
  const look = user?.is_bot ? {} : { background: `hsl(${hue} 42% 38%)` };
  return (
    <span class={`avatar ${user?.is_bot ? "app" : ""} ${big ? "big" : ""}`} style={look} aria-hidden="true">
      {letters.toUpperCase()}
    </span>
  );
}
