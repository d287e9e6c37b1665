"""Which sampler, with which seed, within which bounds."""

from __future__ import annotations

import optuna
import pytest
from optuna.distributions import CategoricalDistribution
from optuna.trial import TrialState

from autostyle.plan import MethodPlan
from autostyle.tuning import sampler
from autostyle.tuning.handle import space_of

ADAIN = space_of(MethodPlan(name="adain"))  # numbers only
GATYS = space_of(MethodPlan(name="gatys"))  # some of its parameters are choices


def test_the_rule_can_choose_either() -> None:
    slow, fast = sampler.GP_SECONDS, sampler.GP_SECONDS / 10
    assert sampler.choose(ADAIN, 32, slow)[0] == "gp"
    assert sampler.choose(ADAIN, 32, fast)[0] == "tpe"  # proposing would take longer than painting
    assert sampler.choose(ADAIN, 1000, slow)[0] == "tpe"
    assert sampler.choose(GATYS, 32, slow)[0] == "tpe"  # two of its parameters are choices
    choices = {"content_layers": "relu4_1"}
    assert sampler.choose(space_of(MethodPlan(name="gatys", fixed=choices)), 32, slow)[0] == "gp"


def test_a_space_of_choices_is_left_to_tpe() -> None:
    numbers = {
        name: GATYS.model.model_fields[name].default
        for name, distribution in GATYS.searched.items()
        if not isinstance(distribution, CategoricalDistribution)
    }
    assert sampler.choose(space_of(MethodPlan(name="gatys", fixed=numbers)), 32, sampler.GP_SECONDS)[0] == "tpe"


def test_the_choice_says_why() -> None:
    assert "0% choices, 32 trials, 12.0 s a trial" in sampler.choose(ADAIN, 32, 12.0)[1]


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


@pytest.mark.parametrize("name", ["random", "tpe"])
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


def test_infeasible_trials_keep_tpe_going() -> None:
    study = _told(6)
    trial = study.ask(ADAIN.searched)
    trial.set_constraint("feasible", 1.0)
    study.tell(trial, state=TrialState.PRUNED)
    study.sampler = sampler.make("tpe", ADAIN, 3)
    assert set(study.ask(ADAIN.searched).params) == set(ADAIN.searched)
