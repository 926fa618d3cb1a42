"""What Steward does when something happens in Slack, one feature a file."""
