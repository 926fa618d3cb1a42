"""What Steward knows about accounts and makes of it; pure, without Slack, SQL or a clock."""
