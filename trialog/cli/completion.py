"""``trialog completion``: print what makes the shell complete verbs, their options, and files."""

from __future__ import annotations

import argparse

# bash's own way; zsh knows it, too, once it is asked to.
_SCRIPT = """\
{begin}_trialog() {{
    local word="${{COMP_WORDS[COMP_CWORD]}}" verb="${{COMP_WORDS[1]}}" words=""
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "{verbs}" -- "$word"))
        return
    fi
    if [ "${{COMP_WORDS[COMP_CWORD-1]}}" = --study ]; then
        COMPREPLY=($(compgen -W "$(ls -d content/trials/*/ 2>/dev/null | xargs -n 1 basename)" -- "$word"))
        return
    fi
    case "$verb" in
{cases}
    esac
    case "$word" in
        -*) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
        *) COMPREPLY=($(compgen -W "$(printf '%s\\n' $words | grep -v ^-)" -- "$word") $(compgen -f -- "$word")) ;;
    esac
}}
complete -o filenames -F _trialog trialog
"""

_BEGIN = {"bash": "", "zsh": "autoload -U +X bashcompinit && bashcompinit\n"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    parser.add_argument("shell", choices=_BEGIN, help="the shell to print it for")


def run(arguments: argparse.Namespace) -> int:
    """Print the script for the shell."""
    # The list of verbs is there once the program runs.
    from trialog.cli.main import VERBS, parser_of

    words = {verb: sorted(words_of(parser_of(verb))) for verb in VERBS}
    cases = "\n".join(f'        {verb}) words="{" ".join(known)}" ;;' for verb, known in words.items())
    print(_SCRIPT.format(begin=_BEGIN[arguments.shell], verbs=" ".join(VERBS), cases=cases), end="")
    return 0


def words_of(parser: argparse.ArgumentParser) -> set[str]:
    """What can be typed after a verb: its options, and words of which it takes one."""
    return {word for action in parser._actions for word in (*action.option_strings, *_choices(action))}


def _choices(action: argparse.Action) -> list[str]:
    return [] if action.option_strings or action.choices is None else list(map(str, action.choices))
