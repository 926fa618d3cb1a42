// The connection to the playground: what a person sees, live, and what they do.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";

const LOST = "The connection to the playground is lost. It comes back by itself once it runs again.";

export function useWorkspace(user) {
  const [shown, setShown] = useState(null);
  const [online, setOnline] = useState(true);
  const [trouble, setTrouble] = useState("");
  const last = useRef(null);

  useEffect(() => {
    const stream = new EventSource(`/ui/stream?user=${encodeURIComponent(user)}`);
    let fresh = true;
    stream.onmessage = (event) => {
      const now = JSON.parse(event.data);
      fresh &&= closed(now);
      last.current = settled(last.current, now);
      setShown(last.current);
      setOnline(true);
    };
    stream.onerror = () => setOnline(false);
    return () => stream.close();
  }, [user]);

  const act = useCallback(
    async (name, given = {}) => {
      const reply = await post(`/ui/${name}`, { user, ...given });
      setTrouble(reply.trouble ?? "");
      return reply;
    },
    [user],
  );

  return { shown, trouble: online ? trouble : LOST, setTrouble, act };
}

// A modal left open on an earlier visit is closed before anybody sees it; says whether there was one.
function closed(now) {
  const { user, view } = now;
  if (!view) return false;
  post("/ui/close", { user, view });
  now.view = null;
  return true;
}

async function post(url, body) {
  try {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(String(response.status));
    return await response.json();
  } catch {
    return { ok: false, trouble: "The playground did not answer. Is it still running?" };
  }
}

// Messages that did not change stay the same objects, so only what changed is drawn again.
function settled(before, now) {
  if (!before || before.user !== now.user) return now;
  const known = new Map();
  for (const c of before.conversations) for (const m of c.messages) known.set(key(c, m), m);
  for (const c of now.conversations) {
    c.messages = c.messages.map((m) => same(known.get(key(c, m)), m));
  }
  now.home = same(before.home, now.home);
  now.view = same(before.view, now.view);
  return now;
}

const key = (conversation, message) => `${conversation.id} ${message.ts}`;
const same = (old, fresh) => (old && JSON.stringify(old) === JSON.stringify(fresh) ? old : fresh);
