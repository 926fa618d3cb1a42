// Draws Slack's text and display blocks with slack-blocks-to-jsx.
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { Message as Drawn } from "slack-blocks-to-jsx";

export const People = createContext({ users: [], channels: [] });

export function Draw({ block }) {
  const data = useContext(People);
  const theme = useTheme();
  return <Drawn withoutWrapper theme={theme} data={data} blocks={[mended(block)]} logo="" name="" />;
}

export function Mrkdwn({ text }) {
  const of = typeof text === "string" ? { type: "mrkdwn", text } : text;
  if (of.type === "plain_text") return <span class="plain">{of.text}</span>;
  return <Draw block={{ type: "section", text: of }} />;
}

// The renderer takes ":" in a link's label for an emoji's edge, and shows <@U1|name> as it stands;
// the label gets the ratio sign, which looks the same. It shows "verbatim" text raw, though Slack only
// leaves out its automatic links there. Goes when the renderer learns all three.
function mended(thing) {
  if (Array.isArray(thing)) return thing.map(mended);
  if (thing === null || typeof thing !== "object") return thing;
  const copy = Object.fromEntries(Object.entries(thing).map(([k, v]) => [k, mended(v)]));
  if (copy.type === "mrkdwn" && typeof copy.text === "string") {
    copy.text = mendedText(copy.text);
    delete copy.verbatim;
  }
  return copy;
}

const mendedText = (text) =>
  text
    .replace(/<@([A-Z0-9]+)\|[^>]*>/g, "<@$1>")
    .replace(/<((?:https?|mailto):[^|>]*)\|([^>]*)>/g, (_, url, label) =>
      `<${url}|${label.replaceAll(":", "\u2236")}>`,
    );

const dark = window.matchMedia("(prefers-color-scheme: dark)");

function useTheme() {
  const [isDark, setDark] = useState(dark.matches);
  useEffect(() => {
    const listen = (event) => setDark(event.matches);
    dark.addEventListener("change", listen);
    return () => dark.removeEventListener("change", listen);
  }, []);
  return isDark ? "dark" : "light";
}
