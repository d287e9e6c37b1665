"""Every tool, in the order of a conversation. Importing this imports neither torch nor Optuna."""

from __future__ import annotations

from typing import Any

from autostyle.agent.tool import Tool
from autostyle.agent.tools import (
    apply_best,
    ask_preference,
    choose_method,
    compare_trials,
    export_report,
    find_region,
    list_studies,
    list_styles,
    look_at_images,
    manage_queue,
    plan_study,
    plan_training,
    render_best,
    save_best,
    show_picture,
    start_study,
    steer_study,
    study_status,
    train_fast,
    train_lora,
)

TOOLS: tuple[Tool[Any], ...] = (
    look_at_images.TOOL,
    find_region.TOOL,
    choose_method.TOOL,
    plan_study.TOOL,
    plan_training.TOOL,
    start_study.TOOL,
    study_status.TOOL,
    steer_study.TOOL,
    compare_trials.TOOL,
    show_picture.TOOL,
    ask_preference.TOOL,
    render_best.TOOL,
    apply_best.TOOL,
    save_best.TOOL,
    export_report.TOOL,
    train_lora.TOOL,
    train_fast.TOOL,
    list_studies.TOOL,
    list_styles.TOOL,
    manage_queue.TOOL,
)
