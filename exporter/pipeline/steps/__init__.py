"""What is done in processes of its own; one module per step, so that a step's key names only what it leans on."""
