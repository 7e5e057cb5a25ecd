"""How sure an observation is, and whether it is published (`weigh`): evidence, and the sizes that values can have."""
