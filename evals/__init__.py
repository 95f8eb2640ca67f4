"""How well a model plans: cases in organisers' words, scored by the calls they lead to. Nothing imports this package."""
