"""The rules that come with nbcoach, one family in each folder."""
