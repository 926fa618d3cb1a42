// The left rail: workspace, conversations, and whom the page acts as.
import { useEffect, useRef } from "preact/hooks";
import { Avatar } from "./message.jsx";

export function Rail({ shown, bot, conversation, choose, me, setUser, unread, open, close }) {
  const rail = useRef();
  useEffect(() => {
    if (open) rail.current.querySelector("[aria-current]")?.focus();
  }, [open]);
  const direct = shown.conversations.find((c) => c.is_im);
  const channels = shown.conversations.filter((c) => !c.is_im);
  const people = shown.people.map((id) => shown.users.find((user) => user.id === id));
  return (
    <nav
      ref={rail}
      class={`rail ${open ? "open" : ""}`}
      id="rail"
      aria-label="Conversations"
      onKeyDown={(event) => open && event.key === "Escape" && close()}
    >
      <header class="rail-head">
        <strong>{shown.workspace}</strong>
        <span>A practice workspace</span>
      </header>
      <h2>Apps</h2>
      <Entry
        on={!conversation || conversation.is_im}
        fresh={unread(direct?.id)}
        go={() => choose(direct?.id ?? "")}
      >
        <Avatar user={bot} />
        {bot.name}
      </Entry>
      {channels.length > 0 && <h2>Channels</h2>}
      {channels.map((channel) => (
        <Entry
          key={channel.id}
          on={conversation?.id === channel.id}
          fresh={unread(channel.id)}
          go={() => choose(channel.id)}
        >
          <span class="hash" aria-hidden="true">
            #
          </span>
          {channel.name}
        </Entry>
      ))}
      <label class="act-as">
        <span>Act as</span>
        <span class="who">
          <Avatar user={me} />
          <select value={me.id} onChange={(event) => setUser(event.currentTarget.value)}>
            {people.map((user) => (
              <option key={user.id} value={user.id}>
                {user.name}
              </option>
            ))}
          </select>
        </span>
      </label>
    </nav>
  );
}

const Entry = ({ on, fresh, go, children }) => (
  <button
    type="button"
    class={`entry ${fresh ? "fresh" : ""}`}
    aria-current={on ? "page" : undefined}
    onClick={go}
  >
    {children}
    {fresh && <span class="new">new</span>}
  </button>
);
