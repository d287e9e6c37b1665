"""Child processes that do what needs torch for the front ends; parent and child talk through autostyle.processes."""
