// A conversation: each message with its thread beneath it, what the app is doing, and the composer.
import { useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Composer } from "./composer.jsx";
import { Avatar, Message } from "./message.jsx";
import { People } from "./text.jsx";
import { day } from "./time.js";

export function Conversation({ conversation, bot, act, shortcuts }) {
  const { id, messages, statuses, stoppable, is_im, name } = conversation;
  const threads = useMemo(() => inThreads(messages), [messages]);
  const list = useFollow(messages, statuses);
  const say = (text, thread_ts) =>
    text.startsWith("/") && !thread_ts
      ? act("command", { text, channel: id })
      : act("say", { text, channel: id, thread_ts });
  const stop = (thread_ts) => act("stop", { channel: id, thread_ts });
  const label = is_im ? `Message ${bot.name}` : `Message #${name}`;
  return (
    <>
      <div class="messages" ref={list} tabIndex={0} role="region" aria-label="Messages">
        <Beginning {...{ conversation, bot, say }} />
        {threads.map((thread, at) => (
          <div key={thread.root.ts}>
            {day(thread.root.ts) !== day(threads[at - 1]?.root.ts ?? 0) && (
              <h2 class="day">
                <span>{day(thread.root.ts)}</span>
              </h2>
            )}
            <Thread
              {...{ thread, bot, say, act, shortcuts }}
              status={statuses[thread.root.ts]}
              stop={stoppable.includes(thread.root.ts) && (() => stop(thread.root.ts))}
            />
          </div>
        ))}
        {statuses[""] && <Status bot={bot} text={statuses[""]} />}
      </div>
      <Latest messages={messages} bot={bot} />
      {messages.length > 0 && <Prompts {...{ conversation, say }} />}
      <Composer
        key={id}
        label={label}
        send={say}
        autoFocus
        start={is_im ? "" : `@${bot.name} `}
        hint={<Keys />}
      />
    </>
  );
}

const Keys = () => (
  <>
    <kbd>Enter</kbd> to send, <kbd>Shift</kbd>+<kbd>Enter</kbd> for a new line
  </>
);

function Thread({ thread, status, stop, bot, say, act, shortcuts }) {
  const { root, replies } = thread;
  const [writing, setWriting] = useState(false);
  const reply = async (text) => {
    setWriting(false);
    return say(text, root.ts);
  };
  return (
    <section class="thread" aria-label="Thread">
      <Message message={root} {...{ act, shortcuts }} />
      {(replies.length > 0 || status || writing) && (
        <div class="replies">
          {replies.map((message) => (
            <Message key={message.ts} message={message} {...{ act, shortcuts }} />
          ))}
          {status && <Status {...{ bot, stop }} text={status} thread={root.ts} />}
          {writing && (
            <Composer
              label="Reply in this thread"
              send={reply}
              autoFocus
              onCancel={() => setWriting(false)}
            />
          )}
        </div>
      )}
      {!writing && (
        <button type="button" class="reply" onClick={() => setWriting(true)}>
          Reply in thread
        </button>
      )}
    </section>
  );
}

const Status = ({ bot, text, thread, stop }) => (
  <div class="status" data-busy={thread}>
    <span class="dots" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
    <span role="status">
      {bot.name} {text}
    </span>
    {stop && (
      <button type="button" class="btn small" onClick={stop}>
        Stop
      </button>
    )}
  </div>
);

function Beginning({ conversation, bot, say }) {
  const { messages, is_im, name } = conversation;
  return (
    <div class="beginning">
      {is_im && <Avatar user={bot} big />}
      <h2>{is_im ? bot.name : `# ${name}`}</h2>
      <p>
        {is_im
          ? `This is your conversation with ${bot.name}. Ask what to do next for one of your accounts.`
          : `Mention @${bot.name} to ask here; the answer comes to you alone, in your direct message.`}
      </p>
      {messages.length === 0 && <Prompts {...{ conversation, say }} titled />}
    </div>
  );
}

// What the app suggests to ask: under its greeting at first, later in a line above the composer.
function Prompts({ conversation, say, titled = false }) {
  const { prompts, prompts_title } = conversation;
  if (prompts.length === 0) return null;
  return (
    <div class={`prompts ${titled ? "" : "line"}`} role="group" aria-label={prompts_title || "Suggestions"}>
      {titled && prompts_title && <p>{prompts_title}</p>}
      {prompts.map((prompt) => (
        <button type="button" class="chip" key={prompt.title} onClick={() => say(prompt.message)}>
          {prompt.title}
        </button>
      ))}
    </div>
  );
}

// Reads out the app's newest message; updates of older ones stay quiet.
function Latest({ messages, bot }) {
  const latest = messages.filter((message) => message.user === bot.id).at(-1);
  const { users } = useContext(People);
  const first = useRef(latest?.ts);
  const fresh = latest && latest.ts !== first.current;
  return (
    <div class="unseen" aria-live="polite">
      {fresh ? `${bot.name}: ${spoken(latest.text, users)}` : ""}
    </div>
  );
}

// The text without Slack's markup, as it should sound.
const spoken = (text, users) =>
  text
    .replace(/<@([A-Z0-9]+)[^>]*>/g, (_, id) => users.find((user) => user.id === id)?.name ?? "")
    .replace(/<[^>]*\|([^>]*)>/g, "$1")
    .replace(/[*_~`]/g, "")
    .replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);

// Keeps the newest message in sight: the end of the list at first, later whatever has arrived; who
// reads the end stays there when the last card grows.
function useFollow(messages, statuses) {
  const list = useRef();
  const seen = useRef("");
  const atEnd = useRef(true);
  const newest = messages.at(-1)?.ts ?? "";
  const busy = Object.keys(statuses).sort().at(-1) ?? "";
  useLayoutEffect(() => {
    const shown = list.current;
    const note = () => (atEnd.current = beneath(shown) < NEAR);
    shown.scrollTop = shown.scrollHeight;
    seen.current = newest;
    shown.addEventListener("scroll", note);
    return () => shown.removeEventListener("scroll", note);
  }, []);
  useLayoutEffect(() => {
    if (atEnd.current) list.current.scrollTop = list.current.scrollHeight;
  }, [messages]);
  useEffect(() => {
    if (newest <= seen.current) return;
    seen.current = newest;
    const arrived = list.current.querySelector(`[data-ts="${newest}"]`);
    arrived?.scrollIntoView({ block: tall(arrived, list.current) });
  }, [newest]);
  useEffect(() => {
    list.current.querySelector(`[data-busy="${busy}"]`)?.scrollIntoView({ block: "nearest" });
  }, [busy]);
  return list;
}

const NEAR = 90;
const beneath = (list) => list.scrollHeight - list.scrollTop - list.clientHeight;
const tall = (shown, list) => (shown.offsetHeight > list.clientHeight ? "start" : "nearest");

function inThreads(messages) {
  const held = new Set(messages.map((message) => message.ts));
  const threads = new Map();
  const replies = [];
  for (const message of messages) {
    const root = message.thread_ts;
    if (root && root !== message.ts && held.has(root)) replies.push(message);
    else threads.set(message.ts, { root: message, replies: [] });
  }
  for (const message of replies) threads.get(message.thread_ts)?.replies.push(message);
  return [...threads.values()];
}
