"""The counter: where places are held and orders are made, for one caller or for many at once."""
