"""Letters on paper: for the noticeboard, the letter box, the stand; and a picture for a chat."""
