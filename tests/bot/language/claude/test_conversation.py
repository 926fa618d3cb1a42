"""A question goes to the model, its calls are run within bounds, and what it says is checked."""

import json
from dataclasses import replace

import pytest

from bot.language.claude.scene import Turn
from bot.language.claude.told import Told
from bot.language.claude.troubles import ClaudeUnavailable, Reason
from bot.tools.tool import ToolCall
from tests.bot.language.claude.model import CARD, GOOD, SCENE, Office, calls, says

LOOK = ("look", {"account": "beta"})
LIST = ("listed", {"limit": 3})


async def test_a_question_ends_in_checked_sentences_above_the_card() -> None:
    office = Office([calls(LOOK), says(GOOD)])

    spoken = await office.ask()

    assert spoken.prose == GOOD
    assert spoken.calls == (ToolCall("look", {"account": "beta"}),)
    assert spoken.trouble is None
    assert json.loads(office.results()[0]["content"]) == {"card": CARD}


async def test_what_it_took_is_counted_priced_and_kept() -> None:
    office = Office([calls(LOOK), says(GOOD, cache_creation_input_tokens=1000)])

    usage = (await office.ask()).usage

    price = (2 * 400 * 0.10 + 2 * 60 * 0.50 + 2 * 1500 * 0.01 + 1000 * 0.125) / 1e6
    assert usage.calls == 2
    assert usage.cost_usd == pytest.approx(price)
    (kept,) = office.ledger.kept
    assert kept.cost_usd == usage.cost_usd
    assert kept.trouble is None
    assert (kept.user_id, kept.cache_read_tokens) == (SCENE.user_hash, 3000)


async def test_the_surroundings_come_first_and_only_in_the_first_message() -> None:
    office = Office([calls(LOOK), says(GOOD)])

    await office.ask()

    known, question = office.sent[0]["messages"][0]["content"]
    assert json.loads(known["text"]) == {
        "today": "Saturday 2026-11-21",
        "reader": "Ana Souza",
        "accounts": ["Beta Inc", "Alpha Corp", "Gamma Ltd"],
        "earlier": [{"user": "my list", "steward": "Three accounts need you, Beta Inc first."}],
    }
    assert question["text"] == "Question: what next for Beta Inc?"


async def test_instructions_and_tools_are_the_same_for_everybody() -> None:
    one, other = Office([says("Hello.")]), Office([says("Hello.")])

    await one.ask("hello")
    await other.ask("hi", replace(SCENE, reader_name="Ben", portfolio=("Hooli",)))

    assert [one.sent[0][part] for part in ("system", "tools")] == [
        other.sent[0][part] for part in ("system", "tools")
    ]


async def test_reads_of_one_answer_run_at_the_same_time_and_are_answered_in_its_order() -> None:
    office = Office(
        [calls(LOOK, LIST), says(GOOD)], told={"listed": Told("A list."), "look": Told(CARD)}
    )

    spoken = await office.ask()

    assert office.at_once == 2
    assert [json.loads(one["content"])["card"] for one in office.results()] == [CARD, "A list."]
    assert len(spoken.calls) == 2


async def test_changes_run_one_by_one_after_the_reads() -> None:
    two = (("decide", {"account": "beta"}), ("decide", {"account": "alpha"}))
    office = Office([calls(*two, LOOK), says("Please decide with the buttons below.")])

    await office.ask("accept beta and alpha, and show me beta")

    assert [call.name for call in office.ran] == ["look", "decide", "decide"]
    assert office.at_once == 1


async def test_a_wrong_argument_is_named_so_that_the_model_can_mend_it() -> None:
    wrong = calls(("listed", {"limit": 99, "segment": "secret words", "colour": "red"}))
    office = Office([wrong, calls(LIST), says("Call Sarah Lin today.")])

    spoken = await office.ask()

    (result,) = office.results(1)
    assert result["is_error"] is True
    assert "limit: Input should be less than or equal to 10" in result["content"]
    assert "segment: Input should be 'smb' or 'enterprise'" in result["content"]
    assert "colour: Extra inputs are not permitted" in result["content"]
    assert "secret words" not in result["content"]
    assert spoken.calls == (ToolCall("listed", {"limit": 3}),)


@pytest.mark.parametrize("input", ["beta", None, 5, ["beta"]])
async def test_arguments_that_are_no_object_are_sent_back(input: object) -> None:
    office = Office([calls(("look", input)), says("Which account do you mean?")])

    spoken = await office.ask("and this one")

    assert "must be an object" in office.results()[0]["content"]
    assert spoken.calls == ()


async def test_a_tool_that_does_not_exist_is_answered_with_those_that_do() -> None:
    office = Office([calls(("rm", {}), LOOK), says(GOOD)])

    await office.ask()

    unknown, card = office.results()
    assert unknown["is_error"] is True
    assert "decide, listed, look" in unknown["content"]
    assert "is_error" not in card


async def test_the_same_call_is_run_once() -> None:
    office = Office([calls(LOOK, LOOK), calls(LOOK), says(GOOD)])

    await office.ask()

    assert len(office.ran) == 1
    assert "already" in office.results()[0]["content"]


async def test_a_model_that_goes_in_circles_is_stopped_and_the_cards_are_shown() -> None:
    office = Office([calls(("look", {"account": f"beta {i}"})) for i in range(9)])

    spoken = await office.ask()

    assert len(office.sent) == 4
    assert [body.get("tool_choice") for body in office.sent] == [None, None, None, {"type": "none"}]
    assert (spoken.prose, len(spoken.calls)) == (None, 3)


async def test_after_six_calls_the_answer_must_come() -> None:
    seven = [("look", {"account": f"beta {i}"}) for i in range(7)]
    office = Office([calls(*seven), says(GOOD)])

    await office.ask()

    assert len(office.ran) == 6
    assert office.results()[6]["is_error"] is True
    assert office.sent[1]["tool_choice"] == {"type": "none"}


async def test_a_question_that_was_asked_back_ends_there() -> None:
    office = Office([calls(LOOK)], told={"look": Told("Which Acme?", final=True)})

    spoken = await office.ask("what next for acme")

    assert (spoken.prose, len(spoken.calls), len(office.sent)) == (None, 1, 1)


async def test_a_tool_that_hangs_is_given_up_and_the_others_are_kept() -> None:
    office = Office(
        [calls(LIST, LOOK), says(GOOD)],
        settings={"llm_tool_seconds": 0.01},
        stuck=frozenset({"listed"}),
    )

    spoken = await office.ask()

    slow, card = office.results()
    assert "too long" in slow["content"]
    assert CARD in card["content"]
    assert spoken.prose == GOOD


async def test_an_unexpected_error_of_a_tool_reaches_the_caller_and_not_the_model() -> None:
    office = Office([calls(LOOK, LIST)], told={"look": RuntimeError("password")})

    with pytest.raises(RuntimeError):
        await office.ask()

    assert "password" not in json.dumps(office.sent)
    assert len(office.ledger.kept) == 1


async def test_sentences_with_a_wrong_figure_are_written_again_once() -> None:
    office = Office([calls(LOOK), says("Usage fell 51 % at Initech."), says(GOOD)])

    spoken = await office.ask()

    assert spoken.prose == GOOD
    asked = office.sent[2]["messages"][-1]["content"][0]["text"]
    assert "“51 %”" in asked
    assert "“Initech”" in asked
    assert office.sent[2]["tool_choice"] == {"type": "none"}


async def test_the_reader_may_be_called_by_their_name() -> None:
    office = Office([says("Good morning, Ana! Which account is it about?")])

    assert (await office.ask("hello")).prose == "Good morning, Ana! Which account is it about?"


async def test_sentences_that_stay_wrong_are_left_out() -> None:
    office = Office([calls(LOOK), says("It fell 51 %."), says("It fell 52 %.")])

    spoken = await office.ask()

    assert (spoken.prose, len(spoken.calls), len(office.sent)) == (None, 1, 3)


async def test_a_question_without_a_tool_may_be_answered_kindly() -> None:
    office = Office([says("That is not my field. Ask me what to do next for an account!")])

    spoken = await office.ask("what is the weather")

    assert spoken.prose == "That is not my field. Ask me what to do next for an account!"
    assert spoken.calls == ()


async def test_a_question_that_gets_too_dear_ends_with_its_cards() -> None:
    dear = calls(LOOK, input_tokens=90_000)
    office = Office([dear, says(GOOD)], settings={"llm_question_usd": 0.01})

    spoken = await office.ask()

    assert (spoken.prose, spoken.trouble, len(office.sent)) == (None, "question_cap", 1)


@pytest.mark.parametrize(
    ("caps", "reason"),
    [
        ({"llm_user_day_usd": 0}, Reason.USER_CAP),
        ({"llm_day_usd": 0}, Reason.DAY_CAP),
    ],
)
async def test_a_day_has_its_caps(caps: dict[str, float], reason: Reason) -> None:
    office = Office([], settings=caps)

    with pytest.raises(ClaudeUnavailable) as refused:
        await office.ask()

    assert refused.value.reason is reason
    assert "tomorrow" in refused.value.says


async def test_earlier_turns_and_names_are_cut_to_size() -> None:
    office = Office([says("Hello.")])
    long = replace(
        SCENE,
        portfolio=tuple(f"Account {i} {'x' * 200}" for i in range(200)),
        earlier=(Turn("q" * 9000, "a" * 9000),),
    )

    await office.ask("x" * 90_000, long)

    assert len(json.dumps(office.sent[0]["messages"])) < 14_000
