"""How the block model is made: labels, features in bulk, training, folds by publisher. Not needed at run time."""
