// Puts the page into the document.
import "slack-blocks-to-jsx/dist/style.css";
import "./page.css";
import { render } from "preact";
import { App } from "./app.jsx";

const root = document.getElementById("page");
root.replaceChildren();
render(<App />, root);
