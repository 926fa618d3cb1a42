// The whole page: rail, header with tabs, the conversation or the Home tab, and open modals.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Conversation } from "./conversation.jsx";
import { Home } from "./home.jsx";
import { Avatar } from "./message.jsx";
import { Rail } from "./rail.jsx";
import { People } from "./text.jsx";
import { View } from "./view.jsx";
import { useWorkspace } from "./workspace.js";

const REMEMBERED = "playground.user";

export function App() {
  const [user, setUser] = useState(localStorage.getItem(REMEMBERED) ?? "");
  const { shown, trouble, setTrouble, act } = useWorkspace(user);
  const switchTo = (id) => {
    localStorage.setItem(REMEMBERED, id);
    setUser(id);
  };
  if (!shown) return <p class="loading">{trouble || "Opening the playground…"}</p>;
  return <Page key={shown.user} {...{ shown, trouble, setTrouble, act }} setUser={switchTo} />;
}

function Page({ shown, trouble, setTrouble, act, setUser }) {
  const [place, setPlace] = useState("");
  const [tab, setTab] = useState("messages");
  const [railOpen, setRailOpen] = useState(false);
  const bot = shown.users.find((user) => user.id === shown.bot);
  const me = shown.users.find((user) => user.id === shown.user);
  const conversation = shown.conversations.find((c) => (place ? c.id === place : c.is_im));
  const inApp = !conversation || conversation.is_im;
  const people = usePeople(shown);
  const unread = useUnread(shown.conversations, tab === "messages" ? conversation?.id : "");

  useEffect(() => {
    if (inApp) act("open", { tab });
  }, [tab, inApp]);

  const closeRail = () => {
    setRailOpen(false);
    document.querySelector(".hamburger").focus();
  };
  const choose = (id) => {
    setPlace(id);
    if (shown.conversations.some((c) => c.id === id && !c.is_im)) act("look", { channel: id });
    setTab("messages");
    setRailOpen(false);
  };

  return (
    <People.Provider value={people}>
      <a class="skip" href="#main">
        Skip to the conversation
      </a>
      <div class="page">
        <Rail {...{ shown, bot, conversation, choose, me, setUser, unread }} open={railOpen} close={closeRail} />
        {railOpen && <div class="shade" onClick={closeRail} />}
        <main id="main" tabIndex={-1}>
          <header class="top">
            <button
              type="button"
              class="btn icon plain hamburger"
              aria-label="Conversations"
              aria-expanded={railOpen}
              aria-controls="rail"
              onClick={() => setRailOpen(!railOpen)}
            >
              <span aria-hidden="true">☰</span>
            </button>
            {inApp ? (
              <>
                <Avatar user={bot} />
                <h1>{bot.name}</h1>
                <span class="badge">App</span>
                <Tabs tab={tab} setTab={setTab} />
              </>
            ) : (
              <h1># {conversation.name}</h1>
            )}
          </header>
          {trouble && <Banner text={trouble} close={() => setTrouble("")} />}
          {inApp && tab === "home" ? (
            <Home view={shown.home} bot={bot} act={act} />
          ) : (
            conversation && <Conversation
              key={conversation.id}
              {...{ conversation, bot, act }}
              shortcuts={shown.shortcuts}
            />
          )}
        </main>
      </div>
      {shown.view && <View key={shown.view.id} view={shown.view} act={act} />}
    </People.Provider>
  );
}

function Tabs({ tab, setTab }) {
  const tabs = useRef();
  const steer = (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const next = tab === "home" ? "messages" : "home";
    setTab(next);
    tabs.current.querySelector(`[data-tab=${next}]`).focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Views" ref={tabs} onKeyDown={steer}>
      {["messages", "home"].map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          data-tab={name}
          aria-selected={tab === name}
          tabIndex={tab === name ? 0 : -1}
          onClick={() => setTab(name)}
        >
          {name === "home" ? "Home" : "Messages"}
        </button>
      ))}
    </div>
  );
}

const Banner = ({ text, close }) => (
  <div class="banner" role="alert">
    <span>{text}</span>
    <button type="button" class="btn icon plain" aria-label="Dismiss" onClick={close}>
      <span aria-hidden="true">✕</span>
    </button>
  </div>
);

// Says which conversations have a message since they were last on the screen.
function useUnread(conversations, open) {
  const seen = useRef({});
  for (const { id, messages } of conversations) {
    const newest = messages.at(-1)?.ts ?? "";
    if (id === open || !(id in seen.current)) seen.current[id] = newest;
  }
  return (id) => {
    const held = conversations.find((c) => c.id === id);
    return (held?.messages.at(-1)?.ts ?? "") > (seen.current[id] ?? "");
  };
}

function usePeople(shown) {
  const users = JSON.stringify(shown.users);
  const channels = JSON.stringify(
    shown.conversations.filter((c) => !c.is_im).map(({ id, name }) => ({ id, name })),
  );
  return useMemo(
    () => ({ users: JSON.parse(users), channels: JSON.parse(channels) }),
    [users, channels],
  );
}
