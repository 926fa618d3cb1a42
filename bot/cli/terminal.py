"""A card for the terminal: its plain text in a frame, first line as the heading."""

from bot.answers import Card
from bot.cli.saying import out

WIDEST = 100


def show(card: Card) -> None:
    """Print a card."""
    from rich.panel import Panel
    from rich.text import Text

    heading, _, rest = card.text.strip().partition("\n")
    body = Text(heading, style="bold")
    if rest.strip():
        body.append(f"\n{rest.rstrip()}", style="not bold")
    console = out()
    console.print(Panel(body, width=min(console.width, WIDEST), padding=(1, 2)))
