"""The terminal app: one conversation on the left, its study on the right.

    keys -> Prompt -> Conversation -> Agent.turn -> events -> MainScreen -> widgets
                   -> commands -> Actions      search -> events -> StudyWatch -> StudyPanel

Nothing is decided here: the agent acts and the app draws. What is worked out for the screen is worked out by plain
functions (``front_plot``, ``blocks``, ``completion``, ``study_state``) that know no widget, and every slash command
stands in one list, ``commands``. It starts without torch, Optuna and litellm.
"""
