"""Schedulers by the names people use, made from the configuration that a model comes with."""

from __future__ import annotations

from typing import Any, Literal

from autostyle.diffusion.library import diffusers

SchedulerName = Literal["dpm++", "euler", "ddim"]
_OWN = {"prediction_type", "num_train_timesteps", "beta_start", "beta_end", "beta_schedule", "trained_betas"}
"""What belongs to the model; everything else is the scheduler's own business."""


def scheduler(name: SchedulerName, config: dict[str, Any]) -> Any:
    """A fresh scheduler for the model whose own scheduler has ``config``."""
    trained = {key: value for key, value in config.items() if key in _OWN}
    if name == "euler":
        return diffusers.EulerDiscreteScheduler(**trained, timestep_spacing="leading", steps_offset=1)
    if name == "ddim":
        return diffusers.DDIMScheduler(**trained, clip_sample=False, set_alpha_to_one=False, steps_offset=1)
    return diffusers.DPMSolverMultistepScheduler(**trained, algorithm_type="dpmsolver++", use_karras_sigmas=True)


def noising(config: dict[str, Any]) -> Any:
    """How pictures were noised to train the model whose own scheduler has ``config``."""
    return diffusers.DDPMScheduler(**{key: value for key, value in config.items() if key in _OWN})
