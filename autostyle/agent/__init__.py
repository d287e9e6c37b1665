"""The agent: a conversation that ends in tuned studies.

    words -> Agent.turn -> Brain.stream -> tool calls -> Workspace -> job processes
          <- events     <- text         <- answers    <- studies  <-

A :class:`~autostyle.agent.brain.Brain` decides what to say and which tool to call: a language model, or rules. The loop
asks for approval, runs the tools and answers every call exactly once. Tools act on one
:class:`~autostyle.agent.workspace.Workspace`; whatever needs torch or Optuna happens in job processes. The terminal app
and ``autostyle ask`` both draw the same events.
"""
