"""Slack's limits as data: every block, element and view with the lengths Slack allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from bot.playground.slack.rules import (
    Anything,
    Choice,
    Either,
    Flag,
    Many,
    Number,
    Rule,
    Shape,
    String,
    Text,
    Typed,
)

Surface = Literal["message", "modal", "home"]

BLOCKS_PER_SURFACE: Mapping[Surface, int] = {"message": 50, "modal": 100, "home": 100}
MARKDOWN_PER_PAYLOAD = 12_000
TABLES_PER_MESSAGE = 1
TABLE_CELL_CHARACTERS = 10_000

POSTED_TEXT = 40_000
UPDATED_TEXT = 4_000
BLOCKS_CHARACTERS = 13_200

TRIGGER_SECONDS = 3.0
RESPONSE_URL_USES = 5
RESPONSE_URL_SECONDS = 30 * 60.0
VIEWS_IN_A_STACK = 3
VIEW_BYTES = 250 * 1024
SUGGESTED_PROMPTS = 4
LOADING_MESSAGES = 10
SESSION_TITLE = 200
STATUS_SECONDS = 120.0
STREAM_SECONDS = 5 * 60.0

ID = String(255, least=1)
SHORT_PLAIN = Text(75, kinds=("plain_text",))
MRKDWN_OR_PLAIN = ("plain_text", "mrkdwn")
CONFIRM = Shape(
    {
        "title": Text(100, kinds=("plain_text",)),
        "text": Text(300),
        "confirm": Text(30, kinds=("plain_text",)),
        "deny": Text(30, kinds=("plain_text",)),
    },
    {"style": Choice(("primary", "danger"))},
)
OPTION = Shape(
    {"text": Text(75), "value": String(150, least=1)},
    {"description": Text(75), "url": String(3000)},
)
FEEDBACK = Shape(
    {"text": SHORT_PLAIN, "value": String(2000, least=1)}, {"accessibility_label": String(75)}
)
PLACEHOLDER = Text(150, kinds=("plain_text",))
ACTION: Mapping[str, Rule] = {"action_id": ID, "focus_on_load": Flag(), "confirm": CONFIRM}
PICKER: Mapping[str, Rule] = {**ACTION, "placeholder": PLACEHOLDER}
GROUP = Shape({"label": SHORT_PLAIN, "options": Many(OPTION, 100)})
SELECT: Mapping[str, Rule] = {
    **PICKER,
    "options": Many(OPTION, 100),
    "option_groups": Many(GROUP, 100),
}
SEVERAL: Mapping[str, Rule] = {"max_selected_items": Number(1, 100)}
DISPATCH: Mapping[str, Rule] = {"dispatch_action_config": Anything()}
TYPED_INPUT: Mapping[str, Rule] = {
    "action_id": ID,
    "focus_on_load": Flag(),
    "placeholder": PLACEHOLDER,
    "initial_value": String(3000),
    **DISPATCH,
}
IMAGE: Mapping[str, Rule] = {"image_url": String(3000, least=1), "slack_file": Anything()}
LISTED: Mapping[str, Rule] = {"initial_options": Many(OPTION, 100)}

ELEMENTS: Mapping[str, Shape] = {
    "button": Shape(
        {"text": SHORT_PLAIN},
        {
            **ACTION,
            "url": String(3000),
            "value": String(2000),
            "style": Choice(("primary", "danger")),
            "accessibility_label": String(75),
            "agent_prompt": String(4000),
            "agent_prompt_display": Anything(),
            "visible_to_user_ids": Anything(),
        },
    ),
    "overflow": Shape({"options": Many(OPTION, 5)}, ACTION),
    "static_select": Shape({}, {**SELECT, "initial_option": OPTION}),
    "multi_static_select": Shape({}, {**SELECT, **SEVERAL, **LISTED}),
    "external_select": Shape(
        {}, {**PICKER, "initial_option": OPTION, "min_query_length": Number(0, 3000)}
    ),
    "users_select": Shape({}, {**PICKER, "initial_user": ID}),
    "multi_users_select": Shape({}, {**PICKER, **SEVERAL, "initial_users": Many(ID, 100)}),
    "channels_select": Shape({}, {**PICKER, "initial_channel": ID, "response_url_enabled": Flag()}),
    "conversations_select": Shape(
        {},
        {
            **PICKER,
            "initial_conversation": ID,
            "default_to_current_conversation": Flag(),
            "response_url_enabled": Flag(),
            "filter": Anything(),
        },
    ),
    "multi_conversations_select": Shape(
        {},
        {
            **PICKER,
            **SEVERAL,
            "initial_conversations": Many(ID, 100),
            "default_to_current_conversation": Flag(),
            "filter": Anything(),
        },
    ),
    "radio_buttons": Shape({"options": Many(OPTION, 10)}, {**ACTION, "initial_option": OPTION}),
    "checkboxes": Shape({"options": Many(OPTION, 10)}, {**ACTION, **LISTED}),
    "datepicker": Shape({}, {**PICKER, "initial_date": String(10, least=10)}),
    "timepicker": Shape(
        {}, {**PICKER, "initial_time": String(5, least=5), "timezone": String(100)}
    ),
    "datetimepicker": Shape({}, {**ACTION, "initial_date_time": Number(10**9, 10**10 - 1)}),
    "plain_text_input": Shape(
        {},
        {
            **TYPED_INPUT,
            "multiline": Flag(),
            "min_length": Number(0, 3000),
            "max_length": Number(1, 3000),
        },
    ),
    "number_input": Shape(
        {"is_decimal_allowed": Flag()},
        {**TYPED_INPUT, "min_value": String(30), "max_value": String(30)},
    ),
    "email_text_input": Shape({}, TYPED_INPUT),
    "url_text_input": Shape({}, TYPED_INPUT),
    "rich_text_input": Shape(
        {},
        {
            "action_id": ID,
            "focus_on_load": Flag(),
            "placeholder": PLACEHOLDER,
            "initial_value": Anything(),
            "min_lines": Number(1, 100),
            "max_lines": Number(1, 100),
            **DISPATCH,
        },
    ),
    "image": Shape({"alt_text": String(2000, least=1)}, IMAGE),
    "feedback_buttons": Shape(
        {"positive_button": FEEDBACK, "negative_button": FEEDBACK}, {"action_id": ID}
    ),
    "icon_button": Shape(
        {"icon": String(100), "text": SHORT_PLAIN},
        {
            "action_id": ID,
            "value": String(2000),
            "confirm": CONFIRM,
            "accessibility_label": String(75),
            "visible_to_user_ids": Anything(),
        },
    ),
    "url": Shape({"url": String(3000), "text": String(3000)}),
    "raw_text": Shape({"text": String(TABLE_CELL_CHARACTERS)}),
    "raw_number": Shape({"value": Anything()}, {"text": String(TABLE_CELL_CHARACTERS)}),
}

SELECTS = (
    "static_select",
    "external_select",
    "users_select",
    "channels_select",
    "conversations_select",
)
MULTI_SELECTS = ("multi_static_select", "multi_users_select", "multi_conversations_select")
PICKERS = ("datepicker", "timepicker", "radio_buttons", "checkboxes")
IN_ACTIONS = ("button", "overflow", "datetimepicker", *SELECTS, *PICKERS, *MULTI_SELECTS)
IN_ACCESSORY = ("button", "overflow", "image", *SELECTS, *PICKERS, *MULTI_SELECTS)
IN_INPUT = (
    "plain_text_input",
    "number_input",
    "email_text_input",
    "url_text_input",
    "rich_text_input",
    "datetimepicker",
    *SELECTS,
    *PICKERS,
    *MULTI_SELECTS,
)
RICH_PARTS = Many(Shape({"type": ID}, open=True), 3000, least=0)
RICH_TYPES = ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")
RICH_ELEMENT = Shape({"type": Choice(RICH_TYPES), "elements": RICH_PARTS}, open=True)
CELL = Typed(("rich_text", "raw_text", "raw_number"))
COLUMN = Either(
    (),
    Anything(),
    Shape({}, {"align": Choice(("left", "center", "right")), "is_wrapped": Flag()}),
)
IN_CONTAINER = (
    "actions",
    "context",
    "divider",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "table",
)

BLOCKS: Mapping[str, Shape] = {
    "section": Shape(
        {},
        {
            "text": Text(3000),
            "fields": Many(Text(2000), 10),
            "accessory": Typed(IN_ACCESSORY),
            "expand": Flag(),
        },
    ),
    "divider": Shape(),
    "header": Shape({"text": Text(150, kinds=("plain_text",))}, {"level": Number(1, 6)}),
    "image": Shape(
        {"alt_text": String(2000, least=1)},
        {**IMAGE, "title": Text(2000, kinds=("plain_text",))},
    ),
    "actions": Shape({"elements": Many(Typed(IN_ACTIONS), 25)}),
    "context": Shape(
        {"elements": Many(Either(MRKDWN_OR_PLAIN, Text(2000), Typed(("image",))), 10)}
    ),
    "context_actions": Shape({"elements": Many(Typed(("feedback_buttons", "icon_button")), 5)}),
    "input": Shape(
        {"label": Text(2000, kinds=("plain_text",)), "element": Typed(IN_INPUT)},
        {
            "hint": Text(2000, kinds=("plain_text",)),
            "optional": Flag(),
            "dispatch_action": Flag(),
        },
    ),
    "markdown": Shape({"text": String(12_000, least=1)}),
    "rich_text": Shape({"elements": Many(RICH_ELEMENT, 100, least=0)}),
    "table": Shape({"rows": Many(Many(CELL, 20), 100)}, {"column_settings": Many(COLUMN, 20)}),
    "alert": Shape(
        {"text": Text(200)},
        {"level": Choice(("default", "info", "warning", "error", "success"))},
    ),
    "card": Shape(
        {},
        {
            "title": Text(150),
            "subtitle": Text(150),
            "body": Text(200),
            "subtext": Text(200),
            "hero_image": Typed(("image",)),
            "icon": Typed(("image",)),
            "slack_icon": Anything(),
            "actions": Many(Typed(("button",)), 3),
        },
    ),
    "carousel": Shape({"elements": Many(Typed(("card",)), 10)}),
    "container": Shape(
        {"child_blocks": Many(Typed(IN_CONTAINER), 10)},
        {
            "title": Text(150, kinds=("plain_text",)),
            "rich_text_title": Typed(("rich_text",)),
            "subtitle": Text(150),
            "width": Choice(("narrow", "standard", "wide", "full")),
            "icon": Typed(("image",)),
            "is_collapsible": Flag(),
            "default_collapsed": Flag(),
            "has_header_divider": Flag(),
        },
    ),
    "task_card": Shape(
        {
            "task_id": ID,
            "title": String(256, least=1),
            "status": Choice(("pending", "in_progress", "complete", "error")),
        },
        {
            "details": Typed(("rich_text",)),
            "output": Typed(("rich_text",)),
            "sources": Many(Typed(("url",)), 100),
        },
    ),
    "plan": Shape({"title": String(256, least=1)}, {"tasks": Many(Typed(("task_card",)), 50)}),
}

ONE_OF_THESE: Mapping[str, tuple[str, ...]] = {
    "section": ("text", "fields"),
    "card": ("hero_image", "title", "actions", "body"),
    "container": ("title", "rich_text_title"),
    "static_select": ("options", "option_groups"),
    "multi_static_select": ("options", "option_groups"),
}

EVERYWHERE = ("message", "modal", "home")
SURFACES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(BLOCKS, EVERYWHERE),
    "alert": ("modal",),
    "markdown": ("message",),
    "context_actions": ("message",),
    "plan": ("message",),
    "task_card": ("message",),
    "table": ("message", "home"),
    "carousel": ("message", "home"),
    "container": ("message", "home"),
    "email_text_input": ("modal",),
    "number_input": ("modal",),
    "url_text_input": ("modal",),
    "rich_text_input": ("modal", "home"),
    "datetimepicker": ("message", "modal"),
    "feedback_buttons": ("message",),
    "icon_button": ("message",),
}

TITLE = Text(24, kinds=("plain_text",))
VIEW_FIELDS: Mapping[str, Rule] = {
    "callback_id": String(255),
    "private_metadata": String(3000),
    "external_id": String(255),
}
VIEWS: Mapping[str, Shape] = {
    "modal": Shape(
        {"title": TITLE, "blocks": Anything()},
        {
            **VIEW_FIELDS,
            "submit": TITLE,
            "close": TITLE,
            "clear_on_close": Flag(),
            "notify_on_close": Flag(),
            "submit_disabled": Flag(),
        },
    ),
    "home": Shape({"blocks": Anything()}, VIEW_FIELDS),
}
