"""A stand-in for Slack: the Web API with its limits, signed events, and people who act."""

from bot.playground.slack.delivery import AsgiDelivery, Delivery, HttpDelivery
from bot.playground.slack.local import LocalSlack
from bot.playground.slack.refusals import NotAnswered, NotOnScreen, SlackRefusal
from bot.playground.slack.trouble import Dropped, RateLimited, Refused, ServerError, Slow

__all__ = [
    "AsgiDelivery",
    "Delivery",
    "Dropped",
    "HttpDelivery",
    "LocalSlack",
    "NotAnswered",
    "NotOnScreen",
    "RateLimited",
    "Refused",
    "ServerError",
    "SlackRefusal",
    "Slow",
]
