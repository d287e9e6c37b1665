"""A database server that goes away in the midst of a search, to be restarted perhaps, is waited for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from optuna.exceptions import StorageInternalError
from optuna.storages import RDBStorage
from sqlalchemy.exc import InterfaceError, OperationalError, PendingRollbackError
from tenacity import RetryCallState, Retrying
from tenacity.retry import retry_if_exception
from tenacity.stop import stop_after_delay, stop_any, stop_when_event_set
from tenacity.wait import wait_exponential

from autostyle.sentences import Sentence

SECONDS = 60.0
"""How long a server is waited for."""
LONGEST = 1.0
"""Most seconds between two tries."""
_AWAY = ("08", "57P")
"""How the SQLSTATE of a lost connection begins, and of a server that stops or starts."""
_ASKED = (
    *("create_new_study", "delete_study", "set_study_user_attr", "set_study_system_attr", "get_study_id_from_name"),
    *("get_study_name_from_id", "get_study_directions", "get_study_user_attrs", "get_study_system_attrs"),
    *("get_all_studies", "create_new_trial", "_create_new_trial", "set_trial_param", "_set_trial_param"),
    *("get_trial_id_from_study_id_trial_number", "_get_best_trial_id", "set_trial_state_values", "get_trial"),
    *("set_trial_intermediate_value", "set_trial_user_attr", "set_trial_system_attr", "get_all_trials", "_get_trials"),
    *("record_heartbeat", "_get_stale_trial_ids", "names"),
)
"""What is asked of a storage in a search."""


@dataclass(frozen=True)
class Patience:
    """Wait for a server that ended the connection, for up to :data:`SECONDS`.

    Args:
        say: called once for each wait, with one line for people.
        stop: set by whoever wants everything to stop.
        lost: set it where the server was waited for in vain elsewhere.
    """

    say: Callable[[str], None]
    stop: threading.Event
    lost: threading.Event = field(default_factory=threading.Event)

    def calm(self, storage: RDBStorage, where: str) -> None:
        """See to it that ``storage``, known as ``where``, asks again what its server did not answer.

        A server that stops between doing and answering is asked twice. Optuna tells a trial that is finished already;
        a trial that was begun for nobody has no owner and is closed like one whose process died.
        """
        text = waiting(where)

        def tell(state: RetryCallState) -> None:
            if state.attempt_number == 1:
                self.say(text)

        asking = Retrying(
            retry=retry_if_exception(is_away),
            stop=stop_any(stop_after_delay(SECONDS), stop_when_event_set(self.stop), stop_when_event_set(self.lost)),
            wait=wait_exponential(0.1, max=LONGEST),
            before_sleep=tell,
            reraise=True,
        )
        for name in _ASKED:
            setattr(storage, name, asking.wraps(getattr(storage, name)))


def waiting(where: str) -> Sentence:
    """What is said when ``where`` is waited for."""
    return Sentence(
        "{where} does not answer; it is waited for up to {seconds:.0f} seconds", where=where, seconds=SECONDS
    )


def is_away(error: BaseException) -> bool:
    """Whether ``error`` says that a database server ended a connection or takes none."""
    cause: Any = error.__cause__ if isinstance(error, StorageInternalError) else error
    if isinstance(cause, PendingRollbackError):  # it broke within a transaction, which is rolled back by now
        return True
    if not isinstance(cause, OperationalError | InterfaceError):
        return False
    state = getattr(cause.orig, "sqlstate", None)  # None where there is no server to give one
    return state is None or state.startswith(_AWAY)
