"""Style keywords: what a painter would have to imitate, measured, tagged or seen."""
