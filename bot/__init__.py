"""How people reach Steward: Slack, the terminal, the playground, scheduled jobs."""
