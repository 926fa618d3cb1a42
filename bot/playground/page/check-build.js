// Builds the page again and compares it, byte for byte, with the bundle in dist/.
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.js";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const kept = path.join(HERE, "dist");
const fresh = await mkdtemp(path.join(os.tmpdir(), "page-"));

async function differing() {
  await build(fresh);
  const names = new Set([...(await readdir(kept)), ...(await readdir(fresh))]);
  const found = [];
  for (const name of [...names].sort()) {
    const [a, b] = await Promise.all(
      [kept, fresh].map((folder) => readFile(path.join(folder, name)).catch(() => undefined)),
    );
    if (!a || !b || !a.equals(b)) found.push(name);
  }
  return found;
}

const different = await differing().finally(() => rm(fresh, { recursive: true }));
if (different.length) {
  console.error(`dist/ is not what src/ builds: ${different.join(", ")}. Run: npm run build`);
  process.exitCode = 1;
} else {
  console.log("dist/ is exactly what src/ builds.");
}
