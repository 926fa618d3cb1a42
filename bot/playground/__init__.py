"""Steward without Slack: the same app, a stand-in for Slack, and a page to talk to it."""
