"""Stand-ins for packages that Rasa imports and this project never runs, or never in a server.

Rasa imports TensorFlow and the clients of a dozen chat services in the course of starting, but a scikit-learn
pipeline with RulePolicy behind our own server runs none of them (docs/dependencies.md has the measurements). Each
package here can be imported, annotated with and subclassed, and no more: whatever is asked of it is a class, and
calling that class raises ``NotInstalledError`` with the way to the real package.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Callable, Collection, Sequence

from rasa.shared.exceptions import RasaException

# Top-level module -> what to install for the real one.
PACKAGES = {
    "tensorflow": "tensorflow==2.12.*",
    "keras": "tensorflow==2.12.*",
    "aiogram": "aiogram<3",
    "boto3": "boto3",
    "botocore": "boto3",
    "fbmessenger": "fbmessenger",
    "mattermostwrapper": "mattermostwrapper",
    "pymongo": "pymongo",
    "rocketchat_API": "rocketchat_API",
    "slack_sdk": "slack_sdk",
    "twilio": "twilio",
    "webexteamssdk": "webexteamssdk",
}

# Installed for training, for other verbs and for Rasa's own server; a server of ours spares itself 80 MB of them.
SPARED = (
    "apscheduler",
    "dask",
    "google.auth",
    "google.oauth2",
    "jwt",
    "matplotlib",
    "prompt_toolkit",
    "questionary",
    "sanic",
    "sklearn",
    "socketio",
)


class NotInstalledError(RasaException, ImportError):
    """Code of a package that is left out would have to run. Rasa's command line prints this without a traceback."""

    def __init__(self, name: str) -> None:
        if _is_of(name, SPARED):
            super().__init__(f"'{name}' is not loaded in a server, because nothing in it is used there (SPARED, in rasa_stand_ins).")
            return
        package = PACKAGES[name.partition(".")[0]]
        super().__init__(
            f"'{name}' is part of a package that this project leaves out, because nothing in it is used here. Take the "
            f"component or channel that needs it out of config.yml or credentials.yml (TensorFlow is behind DIETClassifier, "
            f"ResponseSelector, TEDPolicy and UnexpecTEDIntentPolicy), or install the real package: "
            f"'uv pip uninstall rasa-stand-ins' and then 'uv pip install \"{package}\"'."
        )


class _StandIn(type):
    def __getattr__(cls, name: str) -> type:
        return _attribute(f"{cls.__module__}.{cls.__qualname__}", name)

    def __call__(cls, *args: object, **kwargs: object) -> object:
        # A class of Rasa's own may be called that is built on one of ours.
        stand_in = next(base for base in cls.__mro__ if _is_of(base.__module__, (*PACKAGES, *SPARED)))
        raise NotInstalledError(f"{stand_in.__module__}.{stand_in.__qualname__}")


def _is_of(module: str, packages: Collection[str]) -> bool:
    """True if ``module`` is one of ``packages``, or part of one."""
    return any(f"{module}.".startswith(f"{package}.") for package in packages)


def answers_for(module: str) -> Callable[[str], type]:
    """The ``__getattr__`` of a stand-in module."""
    return lambda name: _attribute(module, name)


def _attribute(owner: str, name: str) -> type:
    if name.startswith("__"):
        raise AttributeError(name)
    # Some of them are raised or caught, so they have to be exceptions, too.
    bases = (Exception,) if name.endswith(("Error", "Exception", "Failure")) else ()
    return _StandIn(name, bases, {"__module__": owner})


class _Submodules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds every submodule of a stand-in, however deep, as one more stand-in."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if not _is_of(fullname, self._names):
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def exec_module(self, module: types.ModuleType) -> None:
        module.__getattr__ = answers_for(module.__name__)  # type: ignore[method-assign]


sys.meta_path.append(_Submodules(PACKAGES))


def spare() -> None:
    """Answer for what is ``SPARED`` from now on, in this process; what of it is loaded already stays."""
    sys.meta_path.insert(0, _Submodules(SPARED))
