"""Looking after an installation: moving its data, migrating it, finding out what is wrong with it."""
