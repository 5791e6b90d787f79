"""What the build costs, as ratios to the bare lxml parse of the same files in the same run. `python -m bench` prints it."""
