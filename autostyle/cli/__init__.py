"""The command line: every command is a few lines that call the rooms below, in a file of its name.

Importing it imports neither torch nor optuna: what needs them runs in a job process.
"""

from autostyle.cli.app import main

__all__ = ["main"]
