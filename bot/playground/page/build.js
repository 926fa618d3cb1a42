// Builds the page: one script, one style sheet, the list of licences. `node build.js [FOLDER]`.
import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const STATIC = ["index.html", "favicon.svg"];
// slack-blocks-to-jsx carries these inside its own bundle, so the metafile does not name them.
const CARRIED = {
  "@yozora/parser": { file: "licences/yozora.txt", license: "MIT" },
  tailwindcss: { file: "licences/tailwindcss.txt", license: "MIT" },
};

export async function build(folder) {
  await mkdir(folder, { recursive: true });
  const result = await esbuild.build({
    absWorkingDir: HERE,
    entryPoints: { page: "src/main.jsx" },
    outdir: folder,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2022", "chrome110", "firefox115", "safari16"],
    charset: "utf8",
    legalComments: "none",
    jsx: "automatic",
    jsxImportSource: "preact",
    define: { "process.env.NODE_ENV": '"production"' },
    alias: {
      react: "preact/compat",
      "react-dom": "preact/compat",
      "react/jsx-runtime": "preact/jsx-runtime",
    },
    metafile: true,
    logLevel: "warning",
  });
  await writeFile(path.join(folder, "THIRD-PARTY-LICENSES.txt"), await licences(result.metafile));
  for (const name of STATIC) await copyFile(path.join(HERE, "src", name), path.join(folder, name));
}

async function licences(metafile) {
  const names = new Set(Object.keys(metafile.inputs).map(packageOf).filter(Boolean));
  const parts = await Promise.all([...names].map(licenceOf));
  for (const [name, { file, license }] of Object.entries(CARRIED)) {
    const text = await readFile(path.join(HERE, file), "utf8");
    parts.push({ name, head: `${name} (carried inside slack-blocks-to-jsx) · ${license}`, text });
  }
  parts.sort((a, b) => (a.name < b.name ? -1 : 1));
  const intro = "The page of Steward's playground contains these packages, with thanks.\n";
  const rule = "-".repeat(80);
  return [intro, ...parts.map((p) => `${rule}\n${p.head}\n\n${p.text.trim()}\n`)].join("\n");
}

function packageOf(input) {
  const inside = input.split("node_modules/").at(-1);
  if (inside === input) return undefined;
  return inside.split("/").slice(0, inside.startsWith("@") ? 2 : 1).join("/");
}

async function licenceOf(name) {
  const folder = path.join(HERE, "node_modules", name);
  const about = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).sort().find((f) => /^licen[cs]e/i.test(f));
  const author = typeof about.author === "string" ? about.author : (about.author?.name ?? "");
  const text = file
    ? await readFile(path.join(folder, file), "utf8")
    : `${about.license} licence, by ${author} (the package carries no licence file)`;
  return { name, head: `${name} ${about.version} · ${about.license}`, text };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build(path.resolve(process.argv[2] ?? path.join(HERE, "dist")));
}
