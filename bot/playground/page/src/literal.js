// Keeps what is only text from being read as markup. The renderer decodes entities before it looks for
// markup and knows markdown besides mrkdwn, so characters that shall stay as they are go past it in
// Unicode's private area and come back when the text node is made: no text turns into a link, a mention
// or an element.
import { options } from "preact";

const PRIVATE = 0xe000;
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const WEB = /^(https?:\/\/|mailto:)/i;
const BROADCAST = /^!(here|channel|everyone)$/;
// Channels, groups and dates; a date may carry an address of the web and no other.
const KEPT = /^(#[A-Z0-9]+(\|.*)?|!subteam\^.*|!date\^\d+\^[^^|]*(\^https?:[^|]*)?\|.*)$/;
const EMOJI_OR_COLON = /(:(?=[^:\s]*[a-z])[\w+'-]+:)|:(?!\/\/)/g;
const ADDRESS_START = /https?:\/\/|www\.|mailto:/gi;

const hidden = (text) => text.replace(/[!-~]/g, (c) => String.fromCharCode(PRIVATE + c.charCodeAt(0)));
const shown = (text) =>
  text.replace(/[\ue021-\ue07e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - PRIVATE));

export const isWeb = (url) => WEB.test(url);

// Text without any markup, but for emoji.
export const plain = (text, emoji = true) =>
  text.replace(/(:(?=[^:\s]*[a-z])[\w+'-]+:)|[!-~]/g, (c, name) => (name && emoji ? name : hidden(c)));

// Slack's markup: between angle brackets stands what is live, everywhere else only formatting is.
export const mrkdwn = (text, verbatim = false) =>
  text
    .split(/<([^<>\n]*)>/)
    .map((part, at) => (at % 2 ? live(part) : words(part, verbatim)))
    .join("");

function live(inside) {
  const [name, label] = inside.split(/\|(.*)/);
  if (WEB.test(name)) return `<${address(name)}|${label ? inLink(label) : hidden(name)}>`;
  if (/^@[A-Z0-9]+$/.test(name) || BROADCAST.test(name)) return `<${name}>`;
  return KEPT.test(inside) ? `<${inside}>` : hidden("<") + words(inside, true) + hidden(">");
}

// A ">" that begins a line quotes it; verbatim text has no links of Slack's own making.
const words = (text, verbatim) =>
  text
    .replace(/&(?:lt|gt|amp);/g, (name) => hidden(ENTITIES[name]))
    .replace(/(?<!^>*)>|[&<[\\#@|]|^\s*[-+=]/gm, hidden)
    .replace(verbatim ? ADDRESS_START : /$^/, hidden)
    .replace(EMOJI_OR_COLON, (c, emoji) => emoji ?? hidden(c));

const inLink = (label) => words(label, true).replace(/[\]:]/g, hidden);

const address = (url) =>
  url
    .replaceAll("&amp;", "&")
    .replaceAll("%", hidden("%"))
    .replace(/[()*~`\\[\]\s]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, "0")}`);

// The renderer decodes what an address has encoded ("%26"), so its percent signs go past it as well;
// it may encode them in turn.
const percent = new RegExp(`${hidden("%")}|${encodeURIComponent(hidden("%"))}`, "gi");
const WITH_NO_WAY_BACK = { target: "_blank", rel: "noopener noreferrer" };
const link = (props) =>
  props.href.startsWith("#")
    ? props
    : { ...props, ...WITH_NO_WAY_BACK, href: props.href.replace(percent, "%") };

const before = options.vnode;
options.vnode = (vnode) => {
  if (vnode.type === null && typeof vnode.props === "string") vnode.props = shown(vnode.props);
  if (vnode.type === "a" && vnode.props.href) vnode.props = link(vnode.props);
  before?.(vnode);
};

