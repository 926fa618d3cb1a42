// The Home tab: what the app published for this person.
import { Blocks } from "./blocks.jsx";

export function Home({ view, bot, act }) {
  if (!view) {
    return (
      <div class="home empty">
        <p>{bot.name} has published nothing here yet. It does so when you open this tab.</p>
      </div>
    );
  }
  const use = (block, element, value) =>
    act("click", { on: view, block_id: block.block_id, action_id: element.action_id, value });
  return (
    <div class="home" tabIndex={0} role="region" aria-label="Home">
      <div class="home-page">
        <Blocks blocks={view.blocks} use={use} />
      </div>
    </div>
  );
}
