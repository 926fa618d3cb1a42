"""The app's own place: the Home tab, its buttons, and prompts in the Messages tab."""

from bot.listeners.home import MOST_READ
from bot.playground.slack.trouble import Refused
from core.errors import PortfolioEmpty
from tests.scenarios.office import Json, Office, actions, day_after, words
from tests.scenarios.person import seated


async def _home(office: Office, user: str) -> Json:
    await office.slack.open_home(user)
    await office.app.settle()
    view = office.slack.home(user)
    assert view is not None
    return view


async def test_the_home_tab_shows_what_matters_most_and_when_it_was_updated(
    office: Office,
) -> None:
    home = await _home(office, office.ana)

    assert "Beta Inc" in words(home)
    assert "Alpha Corp" in words(home)
    assert "Updated <!date^" in words(home)
    assert "digest.edit" in actions(home)


async def test_accepting_on_the_home_tab_redraws_it(office: Office) -> None:
    home = await _home(office, office.ana)

    await office.click(office.ana, home, "recommendation.accept")

    assert len(office.slack.calls("views.publish")) == 3  # the first view, the tab, the tab again


async def test_what_was_accepted_stays_in_sight_until_it_is_completed(office: Office) -> None:
    shown = await office.ask()
    await office.click(office.ana, shown, "recommendation.accept")

    home = await _home(office, office.ana)

    assert "Under way" in words(home)
    assert "recommendation.complete" in actions(home)


async def test_details_on_the_home_tab_open_the_reasons(office: Office) -> None:
    home = await _home(office, office.ana)

    await office.click(office.ana, home, "recommendation.show")

    view = office.slack.open_view(office.ana)
    assert view is not None
    assert "Priority" in words(view)


async def test_a_late_click_on_the_home_tab_gets_its_sentence_in_a_modal(office: Office) -> None:
    home = await _home(office, office.ana)
    shown = await office.ask()
    await office.click(office.ana, shown, "recommendation.accept")

    await office.click(office.ana, home, "recommendation.accept")

    view = office.slack.open_view(office.ana)
    assert view is not None
    assert "already accepted by Ana Souza" in words(view)


async def test_an_empty_portfolio_says_what_to_do(office: Office) -> None:
    office.advisor.refuses = PortfolioEmpty("Ana Souza", book_empty=True)

    home = await _home(office, office.ana)

    assert "steward import" in words(home)


async def test_nothing_to_do_teaches_what_will_appear(office: Office) -> None:
    office.advisor.offers = []

    home = await _home(office, office.ana)

    assert "Nothing needs you right now" in words(home)


async def test_whoever_opens_the_tab_first_sees_at_once_that_something_comes(
    office: Office,
) -> None:
    await _home(office, office.ana)
    await _home(office, office.ana)

    shown = [words(call["view"]) for call in office.slack.calls("views.publish")]
    assert ["One moment" in text for text in shown] == [True, False, False]


async def test_an_empty_tab_teaches_how_it_works(office: Office) -> None:
    office.advisor.refuses = PortfolioEmpty("Ana Souza", book_empty=True)

    home = await _home(office, office.ana)

    assert "steward import" in words(home)
    assert "How it works" in words(home)
    assert "Accept Action, Defer or Dismiss" in words(home)


async def test_a_channels_digest_is_turned_off_by_whoever_set_it_up(office: Office) -> None:
    kept = await office.services.digests.subscribe(
        channel=office.channel,
        kind="channel",
        csm_id="ana",
        timezone="Europe/Berlin",
        local_time="08:00",
        now=office.clock(),
    )
    assert "Mon to Fri at 08:00" not in words(await _home(office, office.ben))
    home = await _home(office, office.ana)
    assert f"<#{office.channel}>: Mon to Fri at 08:00" in words(home)

    await office.slack.click(office.ana, home, "digest.stop", kept.id)
    await office.app.settle()

    assert await office.services.digests.enabled() == ()
    assert office.channel not in words(office.slack.home(office.ana) or {})


async def test_somebody_unknown_learns_how_to_be_added(office: Office) -> None:
    home = await _home(office, office.zoe)

    assert "add you" in words(home)


async def test_the_messages_tab_offers_prompts_that_fit_the_day(office: Office) -> None:
    await office.slack.open_home(office.ana, "messages")
    await office.app.settle()

    assert _offered(office)[0] == "What should I do next for Beta Inc?"
    assert 1 <= len(_offered(office)) <= 4


async def test_what_is_back_from_being_deferred_is_suggested_first(office: Office) -> None:
    shown = await office.ask()
    await office.click(office.ana, shown, "recommendation.defer")
    await office.submit(office.ana, date=day_after(office.clock, 1).isoformat())
    office.advisor.offers.reverse()  # so that another account comes first by now
    office.clock.forward(2 * 24 * 3600)

    await office.slack.open_home(office.ana, "messages")
    await office.app.settle()

    assert _offered(office)[:2] == [
        "What should I do next for Beta Inc?",
        "What should I do next for Alpha Corp?",
    ]


async def test_somebody_without_accounts_is_offered_how_to_begin(office: Office) -> None:
    office.advisor.refuses = PortfolioEmpty("Ana Souza", book_empty=True)

    await office.slack.open_home(office.ana, "messages")
    await office.app.settle()

    (call,) = office.slack.calls("assistant.threads.setSuggestedPrompts")
    assert call["prompts"][0]["title"] == "How do I add my accounts?"


async def test_the_prompts_follow_the_channel_that_is_looked_at(office: Office) -> None:
    channel = office.slack.add_channel("acct-alpha-corp", [office.ana])

    await office.slack.look(office.ana, channel)
    await office.app.settle()

    assert _offered(office)[0] == "What should I do next for Alpha Corp?"


async def test_the_prompts_are_renewed_when_the_day_has_changed(office: Office) -> None:
    await office.ask()
    await office.ask()
    office.clock.forward(24 * 3600)
    await office.ask()

    assert len(office.slack.calls("assistant.threads.setSuggestedPrompts")) == 2


async def test_a_workspace_without_prompts_is_no_error(office: Office) -> None:
    office.slack.fail("assistant.threads.setSuggestedPrompts", Refused("unknown_method"))

    await office.slack.open_home(office.ana, "messages")
    await office.app.settle()


async def test_the_digest_is_turned_on_moved_and_off_from_the_home_tab(office: Office) -> None:
    home = await _home(office, office.ana)
    await office.click(office.ana, home, "digest.edit")
    assert await office.submit(office.ana, time="07:15") == {}

    on = office.slack.home(office.ana)
    kept = await office.services.digests.for_csm("ana")
    assert on is not None
    assert kept is not None
    assert "Mon to Fri at 07:15" in words(on)
    assert (kept.channel, kept.timezone) == (office.ana, "Europe/Berlin")

    await office.click(office.ana, on, "digest.stop")

    off = office.slack.home(office.ana)
    assert off is not None
    assert "Daily digest:* off" in words(off)
    assert await office.services.digests.enabled() == ()


async def test_choosing_off_in_the_form_turns_the_digest_off(office: Office) -> None:
    home = await _home(office, office.ana)
    await office.click(office.ana, home, "digest.edit")
    await office.submit(office.ana)
    await office.click(office.ana, office.slack.home(office.ana) or {}, "digest.edit")

    await office.submit(office.ana, switch="off")

    assert await office.services.digests.enabled() == ()


def _offered(office: Office) -> list[str]:
    call = office.slack.calls("assistant.threads.setSuggestedPrompts")[-1]
    return [one["message"] for one in call["prompts"]]


async def test_what_changed_is_told_and_opens_in_full(demo: str) -> None:
    async with seated(demo, "Ana") as ana:
        await ana.slack.open_home(ana.id)
        await ana.app.settle()
        home = ana.home()

        await ana.slack.click(ana.id, home, "changes.show")
        await ana.app.settle()
        opened = ana.slack.open_view(ana.id)

    assert "Changed since" in words(home)
    assert len(home["blocks"]) <= 100
    assert opened is not None
    assert "what changed" in words(opened)
    assert actions(opened) == []


async def test_over_a_large_book_what_changed_is_read_only_when_asked_for(office: Office) -> None:
    office.advisor.accounts = MOST_READ
    small = words(await _home(office, office.ana))
    office.advisor.accounts = MOST_READ + 1
    home = await _home(office, office.ana)

    assert "Changed since" in small
    assert "Changed since" not in words(home)
    assert "Comparing 4,001 accounts takes a while" in words(home)
    await office.click(office.ana, home, "changes.show")
    assert office.assistant.picked == [("what_changed", "")]


async def test_what_was_read_over_the_home_tab_goes_on_in_the_direct_message(demo: str) -> None:
    async with seated(demo, "Ana") as ana:
        await ana.slack.open_home(ana.id)
        await ana.app.settle()
        await ana.slack.click(ana.id, ana.home(), "changes.show")
        await ana.app.settle()

        further_back = await ana.ask("and this quarter?")

    assert further_back["text"].startswith("Your accounts: what changed\nSince ")
