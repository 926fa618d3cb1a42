// Draws Slack's text and display blocks with slack-blocks-to-jsx.
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { Message as Drawn } from "slack-blocks-to-jsx";
import { isWeb, mrkdwn, plain } from "./literal.js";

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

// Texts at any depth, made harmless. "verbatim" goes, because the renderer shows such text raw, though
// Slack only leaves out its automatic links there.
function mended(thing) {
  if (Array.isArray(thing)) return thing.map(mended);
  if (thing === null || typeof thing !== "object") return thing;
  const { verbatim, ...copy } = thing;
  for (const [name, held] of Object.entries(copy)) copy[name] = mended(held);
  if (copy.type === "mrkdwn") copy.text = mrkdwn(copy.text, verbatim);
  if (copy.type === "plain_text") copy.text = plain(copy.text, copy.emoji);
  if (copy.type === "link" && !isWeb(copy.url)) return { type: "text", text: copy.text ?? copy.url };
  return copy;
}

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
