"""Stand-in for tensorflow; see rasa_stand_ins."""

from rasa_stand_ins import answers_for

__getattr__ = answers_for(__name__)
