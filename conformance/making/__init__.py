"""How the documents of the suite are made: clean ones, and the same with one error in each."""
