"""Which sampler, with which seed, within which bounds."""

from __future__ import annotations

import numpy as np
import optuna
import pytest
from optuna.distributions import CategoricalDistribution
from optuna.trial import TrialState

from autostyle.plan import MethodPlan
from autostyle.tuning import ledger, sampler
from autostyle.tuning.gaussian.places import Places
from autostyle.tuning.handle import space_of

ADAIN = space_of(MethodPlan(name="adain"))  # numbers only
GATYS = space_of(MethodPlan(name="gatys"))  # some of its parameters are choices


def test_the_rule_can_choose_either() -> None:
    assert sampler.choose("auto", ADAIN, 32)[0] == "gp"
    assert sampler.choose("auto", ADAIN, 1000)[0] == "tpe"
    assert sampler.choose("auto", ADAIN, 32, objectives=3)[0] == "gp"
    assert sampler.choose("auto", ADAIN, 32, objectives=4)[0] == "tpe"
    assert sampler.choose("auto", GATYS, 32)[0] == "gp"  # two of its eight parameters are choices
    numbers = {
        name: GATYS.model.model_fields[name].default
        for name, distribution in GATYS.searched.items()
        if not isinstance(distribution, CategoricalDistribution)
    }
    assert sampler.choose("auto", space_of(MethodPlan(name="gatys", fixed=numbers)), 32)[0] == "tpe"


def test_the_choice_says_why() -> None:
    assert "0% choices, 32 trials" in sampler.choose("auto", ADAIN, 32)[1]
    assert sampler.choose("random", ADAIN, 32) == ("random", "random: asked for")


def test_every_proposal_has_a_seed_of_its_own() -> None:
    seeds = {
        sampler.seed(base, method, worker, number)
        for base in (0, 1)
        for method in ("gatys", "adain")
        for worker in range(4)
        for number in range(50)
    }
    assert len(seeds) == 2 * 2 * 4 * 50
    assert all(0 <= seed < 2**32 for seed in seeds)
    assert sampler.seed(0, "gatys", 0, 7) == sampler.seed(0, "gatys", 0, 7)


def _told(trials: int, name: sampler.Name = "random", seed: int = 0) -> optuna.Study:
    study = optuna.create_study(directions=["maximize", "maximize"])
    for number in range(trials):
        study.sampler = sampler.make(name, ADAIN, sampler.seed(seed, "adain", 0, number))
        trial = study.ask(ADAIN.searched)
        study.tell(trial, (trial.params["alpha"], 1 - trial.params["alpha"] ** 2 - 0.1 * trial.params["detail"]))
    return study


@pytest.mark.parametrize("name", ["random", "tpe", "gp"])
def test_a_sampler_repeats_itself_under_its_seeds(name: sampler.Name) -> None:
    first, again, other = ([trial.params for trial in _told(8, name, seed).trials] for seed in (0, 0, 1))
    assert first == again != other


@pytest.mark.parametrize("name", ["tpe", "gp"])
def test_proposals_follow_bounds_that_moved(name: sampler.Name) -> None:
    study = _told(8)
    narrow = space_of(MethodPlan(name="adain", bounds={"alpha": (0.4, 0.5)}))
    study.sampler = sampler.make(name, narrow, 1)
    trial = study.ask(narrow.searched)
    assert 0.4 <= trial.params["alpha"] <= 0.5
    # Jointly with the others, not drawn on its own: the joint proposal already holds it.
    assert set(study.sampler.infer_relative_search_space(study, study.trials[-1])) == set(narrow.searched)


def test_a_parameter_that_is_searched_only_now_does_not_throw_the_others_back() -> None:
    study = _told(8)
    wider = space_of(MethodPlan(name="gatys"))
    joint = sampler.make("tpe", wider, 1).infer_relative_search_space(study, study.trials[-1])
    assert set(joint) == {"recolor", "style_scale"}  # those that both spaces share


@pytest.mark.parametrize("name", ["tpe", "gp"])
def test_infeasible_trials_keep_it_going(name: sampler.Name) -> None:
    study = _told(6)
    trial = study.ask(ADAIN.searched)
    trial.set_constraint("feasible", 1.0)
    study.tell(trial, state=TrialState.PRUNED)
    study.sampler = sampler.make(name, ADAIN, 3)
    assert set(study.ask(ADAIN.searched).params) == set(ADAIN.searched)


def _asked(study: optuna.Study) -> list[float]:
    """Where the Gaussian process goes next, on the scales that are searched."""
    study.sampler = sampler.make("gp", ADAIN, 3)
    return list(Places(ADAIN.searched).of([study.ask(ADAIN.searched).params])[0])


def test_the_gaussian_process_waits_for_enough_results() -> None:
    few, enough = _told(sampler.STARTUP - 1), _told(sampler.STARTUP)
    for study, joint in ((few, False), (enough, True)):
        study.sampler = sampler.make("gp", ADAIN, 3)
        trial = study.ask(ADAIN.searched)
        assert bool(trial.relative_params) is joint
        assert set(trial.params) == set(ADAIN.searched)


@pytest.mark.parametrize("how", ["pruned", "over a limit", "failed"])
def test_the_gaussian_process_keeps_away_from_what_broke(how: str) -> None:
    before = _asked(_told(8))
    study = _told(8)
    study.sampler = sampler.make("gp", ADAIN, 3)
    trial = study.ask(ADAIN.searched)  # the same that was asked before
    if how == "failed":
        trial.set_user_attr(ledger.RECORD, {"state": "failed", "error": "RuntimeError: something broke"})
        study.tell(trial, state=TrialState.FAIL)
    else:
        trial.set_constraint("feasible", 1.0)
        over = how == "over a limit"
        study.tell(trial, (0.9, 0.9) if over else None, TrialState.COMPLETE if over else TrialState.PRUNED)
    known = [t.params for t in study.trials if t.state == TrialState.COMPLETE and not t.constraints]
    after, rows = np.array(_asked(study)), Places(ADAIN.searched).of(known)
    assert np.linalg.norm(after - before) >= np.linalg.norm(rows - after, axis=1).min()


def test_an_attempt_that_died_is_no_reason_to_keep_away() -> None:
    """It is tried again under the same number; its process may have been killed by a person."""
    study = _told(8)
    before = _asked(study)  # running
    study.tell(study.trials[-1].number, state=TrialState.FAIL)
    assert _asked(study) == before


def test_two_workers_ask_for_different_places() -> None:
    study = _told(8)
    first, second = np.array(_asked(study)), np.array(_asked(study))  # with one seed, and the first still running
    assert np.linalg.norm(first - second) > 0.02
