"""What is said to a text that is not Steward's business, or none at all."""

SAYS = (
    "That is beyond me. What I can do: say what to do next for an account, list your top "
    "actions, explain why, take your decisions and send a morning digest. "
    "Try “show me my top actions this week”, or “help”."
)
UNREADABLE = (
    "I found no words to read there. Ask me for example “what should I do first this week”, "
    "or say “help”."
)
TOO_LONG = (
    "That is more text than I can take as one question. Ask me in a sentence or two, "
    "for example “what should I do next for” and the account's name."
)
THANKS = "You're welcome. Ask “show me my top actions” whenever you want the next thing to do."
