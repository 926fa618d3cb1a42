"""What Steward knows about accounts and what it makes of it; pure, without Slack, SQL or a clock."""
