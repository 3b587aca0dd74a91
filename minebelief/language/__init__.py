"""The language set: labelled review sentences, written for this project."""
