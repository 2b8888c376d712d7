"""Controls that screens are made of. They know values of the domain, never services."""
