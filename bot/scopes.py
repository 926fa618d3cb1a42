"""What Steward asks a workspace to be allowed to do, as in manifest.yml; a test compares them."""

SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:read",
    "chat:write",
    "commands",
    "groups:read",
    "im:history",
    "im:write",
    "users:read",
    "users:read.email",
)
