"""What each situation sounds like: prompts and addresses put together as documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hotline.carrier.capabilities import Capabilities
from hotline.intake.model import Prompt
from hotline.kernel.languages import SOURCE, Lang
from hotline.telephony import prompts as sounds
from hotline.telephony.model import Guest, Role, Room, identity
from hotline.telephony.prompts import Prompts
from hotline.telephony.twiml import (
    Conference,
    Dial,
    Gather,
    Hangup,
    Party,
    Pause,
    Play,
    Record,
    Redirect,
    Reject,
    Verb,
    render,
)

# Played where nothing is known of the caller, not even a language.
_ANYBODY: Final[tuple[Lang, ...]] = ("ky", "ru")
_QUESTION_S: Final = 6
_HOLD_S: Final = 1
_SILENCE_S: Final = 8
_RING_S: Final = 20
_GATE_TURNS: Final = 2
_KEY_S: Final = 5


@dataclass(frozen=True, slots=True)
class Documents:
    """Makes TwiML for the carrier at hand. `base_url` is our public address; no I/O."""

    base_url: str
    prompts: Prompts
    capabilities: Capabilities

    def url(self, path: str) -> str:
        """An address of ours as the carrier is to use it: whole, with the wish for quick retries.

        Whole, because not every carrier resolves relative ones.
        """
        return f"{self.base_url}{path}{self.capabilities.url_overrides}"

    def question(self, lang: Lang, said: Sequence[Prompt], turn: int) -> str:
        """Prompts, and the next key; the same step is asked for when none comes."""
        action = self.url(f"/voice/step?n={turn}")
        gather = Gather(action, self._said(lang, said), timeout_s=_QUESTION_S, always=True)
        return render([gather, Redirect(action)])

    def waiting(self, lang: Lang, said: Sequence[str], turn: int) -> str:
        """One turn of the hold loop: what is to be said, music for the rest; keys are heard."""
        music = sounds.hold_music(self.capabilities.hold_chunk_s)
        return self._turn(lang, [*said, music], turn)

    def queued(self, lang: Lang, said: Sequence[Prompt], turn: int) -> str:
        """The first turn: what the questions end with, no music yet."""
        plays = self._said(lang, said)
        gather = Gather(self.url(f"/voice/hold-key?n={turn}"), plays, timeout_s=_HOLD_S)
        return render([gather, Redirect(self.url(f"/voice/hold?n={turn + 1}"))])

    def speak(
        self, lang: Lang, said: Sequence[Prompt], turn: int, *, ends: str, longest_s: int
    ) -> str:
        """Prompts, a tone, and what the caller says; when they say nothing we are asked too."""
        action = self.url(f"/voice/message?n={turn}")
        record = Record(action, self.url("/voice/message-status"), ends, longest_s, _SILENCE_S)
        return render([*self._said(lang, said), record, Redirect(action)])

    def gate(self, lang: Lang, turn: int) -> str:
        """Whom we called hears of a call and a key, twice, and nothing that says who we are."""
        if turn > _GATE_TURNS:
            return self.gate_end(lang)
        action = self.url(f"/voice/gate-key?n={turn}")
        plays = tuple(self._play(lang, prompt) for prompt in ("ivr-gate", "ivr-press-1"))
        gather = Gather(action, plays, timeout_s=_QUESTION_S, always=True)
        return render([gather, Redirect(action)])

    def gate_end(self, lang: Lang) -> str:
        """Nobody took the call we made: goodbye, and nothing that says who we are."""
        return self._farewell("ivr-gate-end", lang)

    def engaged(self) -> str:
        """Not answered: costs the caller nothing."""
        return render([Reject()])

    def nothing(self) -> str:
        """A call of ours that means nothing any more, to whoever picked up."""
        return render([Hangup()])

    def shut(self, lang: Lang, said: Sequence[Prompt]) -> str:
        """Say it and end the call."""
        return render([*self._said(lang, said), Hangup()])

    def goodbye(self, lang: Lang) -> str:
        """The talk is over."""
        return self._farewell("ivr-goodbye", lang)

    def sorry(self) -> str:
        """A call nobody knows: say so in the languages most understand, and end it."""
        return self._farewell("ivr-sorry", *_ANYBODY)

    def later(self) -> str:
        """We cannot look anything up just now: music, and the question again."""
        return self._turn(SOURCE, [sounds.hold_music(0)], 0)

    def caller_room(self, room: Room, lang: Lang, visit: str, own: str | None = None) -> str:
        """Join the caller with the operator, by a room or by ringing the operator.

        `own` is where the operator is rung, if not at the telephone of their desk. `visit` tells
        the end of this Dial from that of any other, for carriers without tokens.
        """
        after = self.url(f"/voice/after?visit={visit}")
        if self.capabilities.conference:
            return render([Dial(self._room(room, "caller", end_on_exit=True), after)])
        party = self._own(own) if own else self._desk(room)
        ring = Dial(party, after, time_limit_s=None, timeout_s=_RING_S)
        return render([self._play(lang, "ivr-connecting"), ring])

    def whisper(self, room: Room, lang: Lang) -> str:
        """Ask who picked up for the key that takes the call; anything else ends it.

        It says nothing of the hotline: the telephone may be in other hands.
        """
        action = self.url(f"/voice/whisper?room={room.name}")
        twice = (self._play(lang, "ivr-op-take"),) * 2
        return render([Gather(action, twice, timeout_s=_KEY_S), Hangup()])

    def hang_up(self) -> str:
        """End the call without a word."""
        return render([Hangup()])

    def operator_room(self, room: Room, visit: str) -> str:
        """Let the operator in; their leaving never ends the caller's call."""
        after = self.url(f"/voice/after?visit={visit}")
        return render([Dial(self._room(room, "operator", end_on_exit=False), after)])

    def guest_room(self, room: Room, guest: Guest, visit: str) -> str:
        """Let a guest in. A supervisor comes in silently, whatever they are to be afterwards."""
        label, muted = f"guest-{guest.id.hex[:12]}", guest.role is Role.SUPERVISOR
        conference = self._room(room, label, end_on_exit=False, muted=muted)
        return render([Dial(conference, self.url(f"/voice/after?visit={visit}"))])

    def music(self) -> str:
        """What a caller on hold hears."""
        music = sounds.hold_music(self.capabilities.hold_chunk_s)
        return render([self._play(SOURCE, music), Redirect(self.url("/voice/music"))])

    def soon(self) -> str:
        """The caller must be out of hearing first: come again in a moment."""
        pause = Pause(1) if self.capabilities.pause else self._play(SOURCE, "silence")
        return render([pause, Redirect(self.url("/voice/bridge"))])

    def silent_end(self) -> str:
        """A third party has nobody to talk to any more; our texts are not for their ears."""
        return render([Hangup()])

    def operator_gone(self, lang: Lang) -> str:
        """The caller is not there any more."""
        return self._farewell("ivr-op-gone", lang)

    def operator_none(self, lang: Lang) -> str:
        """There is no call for this operator."""
        return self._farewell("ivr-op-none", lang)

    def silence(self) -> str:
        """What is heard in a room before somebody else comes."""
        again = Redirect(self.url("/voice/silence"))
        if self.capabilities.pause:
            return render([Pause(60), again])
        return render([self._play(SOURCE, "silence"), again])

    def _turn(self, lang: Lang, said: Sequence[str], turn: int) -> str:
        plays = tuple(self._play(lang, prompt) for prompt in said)
        gather = Gather(self.url(f"/voice/hold-key?n={turn}"), plays, timeout_s=_HOLD_S)
        return render([gather, Redirect(self.url(f"/voice/hold?n={turn + 1}"))])

    def _farewell(self, prompt: str, *langs: Lang) -> str:
        said: list[Verb] = [self._play(lang, prompt) for lang in langs]
        return render([*said, Hangup()])

    def _room(
        self, room: Room, label: str, *, end_on_exit: bool, muted: bool = False
    ) -> Conference:
        return Conference(
            name=room.name,
            label=label,
            end_on_exit=end_on_exit,
            wait_url=self.url("/voice/silence"),
            status_url=self.url("/voice/conf"),
            muted=muted,
        )

    def _said(self, lang: Lang, said: Sequence[Prompt]) -> tuple[Play, ...]:
        return tuple(self._play(prompt.lang or lang, prompt.id) for prompt in said)

    def _play(self, lang: Lang, prompt: str) -> Play:
        return Play(self.base_url + self.prompts.url(lang, prompt))

    def _own(self, address: str) -> Party:
        return Party("Sip" if address.startswith("sip") else "Number", address)

    def _desk(self, room: Room) -> Party:
        name = identity(room.staff_id)
        noun = self.capabilities.operator_noun
        return Party(noun, name if noun == "Client" else f"sip:{name}@{self._host()}")

    def _host(self) -> str:
        return self.base_url.partition("://")[2].partition("/")[0].partition(":")[0]
